// The room check: each seat says a sentence, sees how it comes through, and the group gets one advice. Nothing of it is kept but the word.
import { html, nothing } from "lit-html";
import { checkIcon, micIcon } from "../marks/icons.js";
import { meter } from "../marks/meter.js";
import { nameOf } from "./chair.js";
import { sheet } from "./sheet.js";

/** The sheet. */
export function checkSheet(p) {
  const { t, view, set } = p;
  const seats = view.seats.filter((seat) => seat.voice !== "left" && seat.voice !== "left_out");
  return sheet({
    name: "check", title: t("check.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<div class="check-head" role="status">${outcome(p) || onward(p, seats)}</div>
      <ol class="check-rows">${seats.map((seat) => row(p, seat))}</ol>
      <p class="quiet">${t("check.fineprint")}</p>`,
  });
}

/** Who is next, as one big control; or who is listened to. */
function onward(p, seats) {
  const { t, view, send } = p;
  const { asking, seats: done } = view.check;
  if (view.microphone.state !== "listening") return html`<p class="sheet-text">${t("check.closed")}</p>`;
  if (asking) {
    const seat = seats.find((one) => one.letter === asking);
    return html`<p class="check-say">${micIcon("listening")}<span>${t("check.say", { name: seat ? nameOf(seat, t) : asking })}</span></p>`;
  }
  const next = seats.find((seat) => !(seat.letter in done));
  if (!next) return nothing;
  return html`<p class="sheet-text">${t("check.how")}</p>
    <button class="main wide" data-action="check-next" @click=${() => send("CheckSeat", { seat: next.letter })}>${t("check.next", { name: nameOf(next, t) })}</button>`;
}

/** The one advice at the end, or nothing yet. */
function outcome({ t, view, set }) {
  const { advice, asking } = view.check;
  if (!advice || asking) return null;
  const seat = view.seats.find((one) => one.letter === advice.seat);
  return html`<p class="check-advice" data-advice=${advice.do}>${advice.do === "go" ? checkIcon() : nothing}<span>${t(`check.advice.${advice.do}`, { name: seat ? nameOf(seat, t) : "" })}</span></p>
    <button class="main" data-action="check-done" @click=${() => set({ sheet: null })}>${t("check.done")}</button>`;
}

function row({ t, view, send }, seat) {
  const { asking, seats } = view.check;
  const found = seats[seat.letter];
  const listens = asking === seat.letter;
  const word = listens ? t("check.listening") : found ? t(`check.verdict.${found.verdict}`) : t("check.not_yet");
  return html`<li><button class="check-row ${listens ? "now" : ""}" data-check=${seat.letter} data-verdict=${found?.verdict ?? ""} ?disabled=${Boolean(asking) || view.microphone.state !== "listening"}
      @click=${() => send("CheckSeat", { seat: seat.letter })}>
    <span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span class="seat-name">${nameOf(seat, t)}<i>${word}</i></span>
    ${found && found.level != null ? html`<span class="check-meter">${meter(found.level, t("check.level", { n: Math.round(found.level * 5) }))}<i aria-hidden="true">${t("check.loud")}</i></span>
      <span class="check-meter">${meter(found.clarity, t("check.clarity", { n: Math.round(found.clarity * 5) }))}<i aria-hidden="true">${t("check.clear")}</i></span>` : nothing}
  </button></li>`;
}
