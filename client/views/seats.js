// The chairs by name, and what a person may say of a chair: who spoke, and what becomes of the chair itself.
import { html, nothing } from "lit-html";
import { LETTERS } from "../marks/patterns.js";
import { arrangeButton } from "./arrange.js";
import { byTaps } from "./microphone.js";
import { nameOf, whyRefused } from "./chair.js";
import { sheet } from "./sheet.js";

/** All chairs. */
export function seatsSheet(p) {
  const { t, view, set } = p;
  const row = (seat) => html`<li><button class="seat-row" data-seat-row=${seat.letter} @click=${() => set({ sheet: { seat: seat.letter } })}>
    <span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span>
    <span class="seat-name">${nameOf(seat, t)}${seat.role === "peer" ? nothing : html`<i>${t(`role.${seat.role}`)}</i>`}${seat.counts === "turns" ? html`<i data-counts="turns">${inTurns(seat, t)}</i>` : nothing}</span>
    <span class="quiet">${t(`voice.${seat.voice}`)}</span></button></li>`;
  return sheet({
    name: "seats", title: t("seats.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${t("seats.how")}</p><ol class="seat-rows">${view.seats.map(row)}</ol>
      <div class="row">${arrangeButton(p)}${view.seats.length < LETTERS.length ? html`<button class="plain" data-action="late" @click=${() => set({ sheet: "late", late: "" })}>${t("late.button")}</button>` : nothing}</div>`,
  });
}

/** Of a chair that counts turns: how many, or that it does so where nobody looks now. */
const inTurns = ({ turns }, t) => (turns == null ? t("turns.on") : t("turns.number", { n: turns }));

/** One chair: who spoke, and what becomes of the chair itself. */
export function seatSheet(p) {
  const { t, view, ui, set } = p;
  const seat = view.seats.find((one) => one.letter === ui.sheet.seat);
  return sheet({
    name: "seat", title: nameOf(seat, t), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`${here(seat) ? whoSpoke(p, seat) : nothing}${theChair(p, seat)}
      ${seat.voice === "refused" ? html`<p class="quiet" data-refused>${t("enrol.refused", { letter: seat.letter, reason: whyRefused(seat, t) })}</p>` : nothing}
      ${here(seat) && seat.voice !== "left_out" ? html`<p class="quiet" data-why-turns>${seat.counts === "turns" ? html`<b>${inTurns(seat, t)}.</b> ` : nothing}${t("turns.why")}</p>` : nothing}
      ${seat.backchannels ? html`<p class="quiet">${t("seat.hm", { n: seat.backchannels })}</p>` : nothing}`,
  });
}

const here = ({ voice }) => voice !== "left";

function asks({ set, send }, seat) {
  return (command, fields = {}) => () => {
    set({ sheet: null });
    send(command, { seat: seat.letter, ...fields });
  };
}

/** The turn that runs, the one before, or the past minute: with the tap on the chair two taps in all. */
function whoSpoke(p, seat) {
  const { t, view } = p;
  const ask = asks(p, seat);
  const running = view.speaking;
  const heard = running && running.by !== "tap" && !running.several;
  const tap = heard
    ? html`<button class="plain" data-action="label" @click=${ask("LabelTurn")}>${seat.speaking ? t("seat.right") : t("seat.speaks")}</button>`
    : html`<button class="plain" data-action="tap" @click=${ask("TapSeat")}>${seat.speaking ? t("seat.stops") : t("seat.speaks")}</button>`;
  const other = running && running.by === "tap" && !seat.speaking
    ? html`<button class="plain" data-action="label" @click=${ask("LabelTurn")}>${t("seat.whole_turn")}</button>`
    : running ? nothing : html`<button class="plain" data-action="label" @click=${ask("LabelTurn")}>${t("seat.last_turn")}</button>`;
  return html`<h3 class="sheet-question">${t("seat.who_spoke")}</h3><div class="pairs">${tap}${other}
    <button class="plain" data-action="past-minute" @click=${ask("CorrectPastMinute")}>${t("seat.past")}</button></div>`;
}

function theChair(p, seat) {
  const { t, view, set } = p;
  const ask = asks(p, seat);
  const measured = seat.voice !== "left_out";
  const listens = !byTaps(view.microphone);
  const owns = seat.role === "case_owner";
  return html`<h3 class="sheet-question">${t("seat.this")}</h3><div class="pairs">
    ${!here(seat) ? nothing : html`<button class="plain" data-action="case-owner" ?disabled=${owns} @click=${ask("ChooseCaseOwner")}>${owns ? t("seat.is_owner") : t("seat.owner")}</button>`}
    ${listens && here(seat) && measured ? html`<button class="plain" data-action="enrol" @click=${ask("EnrolSeat")}>${t("seat.learn")}</button>` : nothing}
    ${here(seat) && seat.voice === "known" ? html`<button class="plain" data-action="forget-voice" @click=${ask("ForgetVoice")}>${t("seat.forget_voice")}</button>` : nothing}
    ${here(seat) && measured && view.seats.length > 1 ? html`<button class="plain" data-action="exchange" @click=${() => set({ sheet: { exchange: seat.letter } })}>${t("seat.exchange")}</button>` : nothing}
    ${here(seat) && measured ? turns(p, seat) : nothing}
    ${here(seat) ? html`<button class="plain" data-action="leave-out" @click=${() => set({ sheet: { out: seat.letter } })}>${measured ? t("seat.leave_out") : t("seat.measure")}</button>` : nothing}
    <button class="plain" data-action="leaves" @click=${here(seat) ? () => set({ sheet: { leaves: seat.letter } }) : ask("LeaveTable", { left: false })}>${here(seat) ? t("seat.leaves") : t("seat.back")}</button>
  </div>`;
}

/** Turns instead of time, or time again; it can be taken back, so it is not asked twice. */
function turns(p, seat) {
  const on = seat.counts === "turns";
  return html`<button class="plain" data-action="count-turns" @click=${asks(p, seat)("CountTurns", { turns: !on })}>${on ? p.t("turns.time") : p.t("turns.count")}</button>`;
}
