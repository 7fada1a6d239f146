// Who sits at the table: somebody comes late, leaves, is not measured, counts turns, or two voices are mixed up. Each asked once, in words; nothing is measured here.
import { html } from "lit-html";
import { nameOf } from "./chair.js";
import { question, sheet } from "./sheet.js";

/** A latecomer reads the agreements too, and says yes before being measured. */
export function lateSheet(p) {
  const { t, view, ui, set, send, say } = p;
  const come = (agreed) => () => {
    set({ sheet: null });
    send("AddSeat", { name: (ui.late ?? "").trim(), agreed });
  };
  return sheet({
    name: "late", title: t("late.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${t("late.how")}</p>
      <ol class="agreements few">${view.agreements.map((agreement) => html`<li>${say(agreement.text)}</li>`)}</ol>
      <input type="text" maxlength="40" autocomplete="off" placeholder=${t("start.name")} aria-label=${t("late.name")} .value=${ui.late ?? ""} @input=${(event) => set({ late: event.target.value })}>
      <div class="row"><button class="main grow" data-action="late-yes" @click=${come(true)}>${t("late.yes")}</button>
        <button class="plain grow" data-action="late-unmeasured" @click=${come(false)}>${t("late.unmeasured")}</button></div>`,
  });
}

/** With whom this voice was mixed up. */
export function exchangeSheet(p) {
  const { t, view, ui, set, send } = p;
  const mine = view.seats.find((seat) => seat.letter === ui.sheet.exchange);
  const others = view.seats.filter((seat) => seat !== mine && seat.voice !== "left" && seat.voice !== "left_out");
  const exchange = (other) => () => {
    set({ sheet: null });
    send("ExchangeSeats", { seat: mine.letter, other: other.letter });
  };
  return sheet({
    name: "exchange", title: t("exchange.title", { name: nameOf(mine, t) }), small: true, close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${t("exchange.how")}</p><ol class="seat-rows">${others.map((seat) => html`<li><button class="seat-row" data-exchange=${seat.letter} @click=${exchange(seat)}>
      <span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span><span class="seat-name">${nameOf(seat, t)}</span></button></li>`)}</ol>`,
  });
}

const chosen = ({ view, t }, letter) => nameOf(view.seats.find((seat) => seat.letter === letter), t);

/** "Is Anna going?" */
export function leavesQuestion(p) {
  const letter = p.ui.sheet.leaves;
  return question(p, {
    name: "leaves", title: p.t("leaves.title", { name: chosen(p, letter) }), text: p.t("leaves.text"), yes: p.t("leaves.yes"), action: "confirm-leaves",
    act: () => p.send("LeaveTable", { seat: letter, left: true }),
  });
}

/** Not measuring takes away what was measured, so it is asked; measuring again needs the person's own yes. */
export function outQuestion(p) {
  const { t, view, send } = p;
  const letter = p.ui.sheet.out;
  const out = view.seats.find((seat) => seat.letter === letter).voice !== "left_out";
  const name = chosen(p, letter);
  return question(p, {
    name: "out", title: out ? t("out.title", { name }) : t("measure.title", { name }), text: out ? t("out.text") : t("measure.text", { name }),
    yes: out ? t("out.yes") : t("measure.yes"), action: "confirm-out", act: () => send("LeaveOut", { seat: letter, out }),
  });
}

// --- turns instead of time ---

/** The way to it before anybody was heard. */
export function turnsButton({ t, set }) {
  return html`<button class="plain" data-action="turns" @click=${() => set({ sheet: "turns" })}>${t("turns.count")}</button>`;
}

/** Chair by chair: turns or time. */
export function turnsSheet(p) {
  const { t, view, set, send } = p;
  const row = (seat) => {
    const on = seat.counts === "turns";
    return html`<li><button class="seat-row" data-turns=${seat.letter} aria-pressed=${on ? "true" : "false"} @click=${() => send("CountTurns", { seat: seat.letter, turns: !on })}>
      <span class="chip seat-${seat.letter}" aria-hidden="true">${seat.letter}</span><span class="seat-name">${nameOf(seat, t)}</span><span class="quiet">${on ? t("turns.on") : t("turns.off")}</span></button></li>`;
  };
  return sheet({
    name: "turns", title: t("turns.who"), small: true, close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="sheet-text">${t("turns.why")}</p><ol class="seat-rows">${view.seats.map(row)}</ol>`,
  });
}
