// "This is how we sit": chairs are put round the table by dragging, by tapping them in order, or by arrow keys. It is sent once, on "Done"; nobody is measured here.
import { html, nothing } from "lit-html";
import { seatsIcon } from "../marks/icons.js";
import { undoIcon } from "../marks/guideicons.js";
import { short } from "../marks/circle.js";
import { moved, placeAt, roundTable } from "../marks/roundtable.js";
import { announce } from "../screen.js";
import { nameOf } from "./chair.js";
import { sheet } from "./sheet.js";

/** A finger that moves less than this many pixels taps. */
const SLACK = 10;
const LONGEST_SAID = 24;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
let grip = null; // the chair in the hand of this screen: {letter, x, y, moved}

/** The way to the round table, for the seats sheet and the consent page. */
export function arrangeButton({ t, set }) {
  return html`<button class="plain with-icon" data-action="arrange" @click=${() => set({ sheet: "arrange", arrange: null })}>${seatsIcon()}<span>${t("arrange.button")}</span></button>`;
}

/** The round table. */
export function arrangeSheet(p) {
  const { t, view, set } = p;
  const held = arrangement(p);
  const chairs = [...view.seats].sort((a, b) => a.letter.localeCompare(b.letter)).map((seat) => chairOf(p, seat, held));
  const left = held.order.length - held.taps.length;
  return sheet({
    name: "arrange", title: t("arrange.title"), close: () => set({ sheet: null, arrange: null }), closeLabel: t("close"),
    content: html`<div class="arranging">
      ${roundTable({ order: held.order, label: t("arrange.label"), chairs, dragged: held.dragged, hand: hand(p, held) })}
      <div class="arrange-side"><p class="sheet-text">${t("arrange.how")}</p>
        <p data-order>${inWords(p, held.order)}</p>
        ${held.taps.length ? html`<div class="row"><p class="quiet grow" data-left=${left}>${t("arrange.left", { n: left })}</p>
          <button class="plain with-icon" data-action="arrange-undo" @click=${() => undo(p, held)}>${undoIcon()}<span>${t("arrange.undo")}</span></button></div>` : nothing}
        <p class="quiet arrange-keys">${t("arrange.keys")}</p>
        <button class="main wide" data-action="arrange-done" ?disabled=${held.taps.length > 0} @click=${() => done(p, held)}>${t("arrange.done")}</button></div>
    </div>`,
  });
}

/** What lies on the table now; who came meanwhile sits at the end. */
function arrangement({ view, ui }) {
  const letters = view.seats.map(({ letter }) => letter);
  const kept = ui.arrange ?? { order: letters, taps: [], dragged: null };
  const there = kept.order.filter((letter) => letters.includes(letter));
  return { ...kept, order: [...there, ...letters.filter((letter) => !there.includes(letter))], taps: kept.taps.filter((letter) => letters.includes(letter)) };
}

function chairOf({ t }, seat, { order, taps }) {
  const tapped = taps.indexOf(seat.letter) + 1;
  const named = seat.name && seat.name !== seat.letter ? seat.name : "";
  const words = [t("seat", { letter: seat.letter }), named, t("arrange.place", { n: order.indexOf(seat.letter) + 1, of: order.length }), tapped ? t("arrange.tapped", { n: tapped }) : ""];
  return { letter: seat.letter, name: named && short(named), number: tapped || null, label: words.filter(Boolean).join(", ") };
}

/** A name as it is said; a very long one is cut, the letter still tells who it is. */
const called = ({ t, view }, letter) => short(nameOf(view.seats.find((seat) => seat.letter === letter), t), LONGEST_SAID);

/** "Clockwise: Anna, Bram, Chaima." */
const inWords = (p, order) => p.t("arrange.order", { list: order.map((letter) => called(p, letter)).join(", ") });

// --- dragging, tapping, arrow keys ---

function hand(p, held) {
  return {
    down: (event, letter) => {
      if (event.button > 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grip = { letter, x: event.clientX, y: event.clientY, moved: false, down: true };
    },
    move: (event, letter) => {
      if (!grip?.down || grip.letter !== letter) return;
      grip.moved ||= Math.hypot(event.clientX - grip.x, event.clientY - grip.y) > SLACK;
      if (grip.moved) drag(p, held, letter, spot(event));
    },
    up: (event, letter) => {
      if (!grip?.down) return;
      grip.down = false;
      setTimeout(() => (grip = null)); // after the click that may follow
      if (grip.moved) put(p, held.order, letter);
    },
    tap: (_event, letter) => grip?.moved || tap(p, held, letter), // a click that ends a drag is no tap
    key: (event, letter) => key(p, held, event, letter),
  };
}

/** Where the finger is, in the measure of the picture, whichever way the screen is turned. */
function spot(event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(event.currentTarget.ownerSVGElement.getScreenCTM().inverse());
  return { x: Math.round(x), y: Math.round(y) };
}

function drag(p, { order }, letter, where) {
  p.set({ arrange: { order: moved(order, letter, placeAt(where, order.length)), taps: [], dragged: { letter, ...where } } });
}

/** A chair stands: who sits on either side is said. */
function put(p, order, letter) {
  const at = order.indexOf(letter);
  const beside = (step) => called(p, order[(at + step + order.length) % order.length]);
  p.set({ arrange: { order, taps: [], dragged: null } });
  announce(p.t("arrange.between", { name: called(p, letter), before: beside(-1), after: beside(1) }));
}

/** The next number; with the last one the chairs go to their places. */
function tap(p, { order, taps }, letter) {
  if (taps.includes(letter)) return;
  const now = [...taps, letter];
  const whole = now.length === order.length;
  p.set({ arrange: whole ? { order: now, taps: [], dragged: null } : { order, taps: now, dragged: null } });
  announce(whole ? inWords(p, now) : p.t("arrange.said", { name: called(p, letter), n: now.length }));
}

function undo(p, { order, taps }) {
  const now = taps.slice(0, -1);
  p.set({ arrange: { order, taps: now, dragged: null } });
  announce(p.t("arrange.taken_back", { name: called(p, taps.at(-1)) }));
}

function key(p, held, event, letter) {
  const step = STEPS[event.key];
  if (!step && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (!step) return void tap(p, held, letter);
  const { order } = held;
  put(p, moved(order, letter, (order.indexOf(letter) + step + order.length) % order.length), letter);
}

/** Sent once, and only when somebody sits elsewhere than before. */
function done({ view, set, send }, { order }) {
  set({ sheet: null, arrange: null });
  if (order.join() !== view.seats.map(({ letter }) => letter).join()) send("ArrangeSeats", { order });
}
