// The check-in round: whose voice is known, who is being listened to, who not yet. A tap learns one.
import { html, nothing } from "lit-html";
import { checkIcon, micIcon } from "../marks/icons.js";
import { nameOf, whyRefused } from "./chair.js";

/** The strip of the first phase; `small` where other things need the room: letters with a sign, and who is listened to. */
export function enrolment(p, small = false) {
  const { view, t, set } = p;
  return html`<div class="enrolment ${small ? "small" : ""}"><h2>${t("enrol.title")}</h2>
    <div class="enrol-seats">${view.seats.filter(({ voice }) => voice !== "left").map((seat) => chip(p, seat))}
      ${small ? nothing : html`<button class="plain check-button" data-action="check" @click=${() => set({ sheet: "check" })}>${t("check.button")}</button>`}</div>
    <p class="quiet" role="status">${nowSay(p) || doubt(p) || t("enrol.how")}</p></div>`;
}

/** Whose voice is learned now, and what that person does; empty when nobody's. */
export function nowSay({ view, t }) {
  const seat = view.seats.find(({ voice }) => voice === "learning");
  return seat ? t("enrol.say", { name: nameOf(seat, t) }) : "";
}

function chip({ t, send }, { letter, voice }) {
  return html`<button class="enrol ${voice}" data-enrol=${letter} data-voice=${voice} ?disabled=${voice === "left_out"} @click=${() => send("EnrolSeat", { seat: letter })}>
    <span class="chip seat-${letter}" aria-hidden="true">${letter}</span><span class="unseen">${t("seat", { letter })}</span>
    <span class="enrol-word">${voice === "known" ? checkIcon() : voice === "learning" ? micIcon("listening") : nothing}<span>${t(`voice.${voice}`)}</span></span></button>`;
}

/** Too little speech, or two voices that resemble each other: said at once. */
function doubt({ view, t }) {
  const refused = view.seats.find((seat) => seat.voice === "refused");
  if (refused) return t("enrol.refused", { letter: refused.letter, reason: whyRefused(refused, t) });
  const alike = view.seats.find((seat) => seat.alike);
  return alike ? t("enrol.alike", { letter: alike.letter, other: alike.alike }) : "";
}
