// The chairs by name, and what a person may say of a chair: speaks now, spoke the past minute, brings the case, learn this voice.
import { html, nothing } from "lit-html";
import { byTaps } from "./microphone.js";
import { sheet } from "./sheet.js";

/** A tap on a chair: without a microphone it says who speaks; with one it opens what can be put right. */
export function pressSeat(p, seat) {
  if (byTaps(p.view.microphone)) p.send("TapSeat", { seat: seat.letter });
  else p.set({ sheet: { seat: seat.letter } });
}

/** The name of a chair, or its letter. */
export const nameOf = ({ letter, name }, t) => (name && name !== letter ? name : t("seat", { letter }));

/** All chairs. */
export function seatsSheet(p) {
  const { t, view, set } = p;
  const row = (seat) => html`<li><button class="seat-row" data-seat-row=${seat.letter} @click=${() => set({ sheet: { seat: seat.letter } })}>
    <span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span class="seat-name">${nameOf(seat, t)}${seat.role === "peer" ? nothing : html`<i>${t(`role.${seat.role}`)}</i>`}</span>
    <span class="quiet">${t(`voice.${seat.voice}`)}</span></button></li>`;
  return sheet({
    name: "seats", title: t("seats.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${t("seats.how")}</p><ol class="seat-rows">${view.seats.map(row)}</ol>`,
  });
}

/** One chair. */
export function seatSheet(p) {
  const { t, view, ui, set, send } = p;
  const seat = view.seats.find((one) => one.letter === ui.sheet.seat);
  const ask = (command) => () => {
    set({ sheet: null });
    send(command, { seat: seat.letter });
  };
  return sheet({
    name: "seat", title: nameOf(seat, t), small: true, close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<div class="stack">
      <button class="plain" data-action="tap" @click=${ask("TapSeat")}>${seat.speaking ? t("seat.stops") : t("seat.speaks")}</button>
      <button class="plain" data-action="past-minute" @click=${ask("CorrectPastMinute")}>${t("seat.past")}</button>
      ${seat.role === "facilitator" ? nothing : html`<button class="plain" data-action="case-owner" ?disabled=${seat.role === "case_owner"} @click=${ask("ChooseCaseOwner")}>${seat.role === "case_owner" ? t("seat.is_owner") : t("seat.owner")}</button>`}
      ${byTaps(view.microphone) ? nothing : html`<button class="plain" data-action="enrol" @click=${ask("EnrolSeat")}>${t("seat.learn")}</button>`}
    </div>`,
  });
}
