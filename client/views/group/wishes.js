// What the group asks of the device, and how that went: a no is said beside what asked, a yes once at the top with a way to take it back. Nothing is decided here.
import { html, nothing } from "lit-html";
import { undoIcon } from "../../marks/guideicons.js";
import { openingOf } from "./left.js";

let drawn = null;
const places = new Set(); // where a no can be said, in the picture that is drawn now

/** Told at the beginning of every picture: what the server says to a wish stands in the picture that follows it. */
export function seen(p) {
  drawn = p;
  places.clear();
}

/**
 * Sends a wish that comes from the field or button called `from`; gives whether it was granted.
 * `done` is what is said then, `undo` what takes it back.
 */
export async function wish(p, from, name, fields = {}, { done = "", undo = null, patch = {} } = {}) {
  const granted = await p.send(name, fields);
  if (granted) p.set({ groupSaid: null, groupDone: done && stillOpen(p) ? { text: done, undo } : null, ...patch });
  else if (places.has(from)) refuse(p, from, drawn.ui.notice ?? p.t("refused.other"));
  return granted;
}

/** Whether the group is open that was when `p` was drawn: an answer that comes later is not for the next one. */
export const stillOpen = (p) => openingOf(drawn?.view) === openingOf(p.view);

/** Says why not beside what asked, and not at the edge of the page as well. */
export function refuse(p, from, text) {
  p.set({ notice: null, refused: false, groupDone: null, groupSaid: { from, text } });
}

/** Why the last wish from here was not granted. */
export function refusal({ ui }, from) {
  places.add(from);
  return ui.groupSaid?.from === from ? html`<p class="wrong" role="alert" id="no-${from}" data-refused=${from}>${ui.groupSaid.text}</p>` : nothing;
}

/** The id of what is said about a field, for its aria-describedby. */
export const refusalOf = ({ ui }, from) => (ui.groupSaid?.from === from ? `no-${from}` : nothing);

/** What was just done, with the way back where there is one. */
export function doneLine({ ui, t }) {
  const { groupDone: done } = ui;
  return html`<div class="group-done" role="status" data-done>${done ? html`<p>${done.text}</p>${done.undo
    ? html`<button class="plain with-icon" data-action="group-undo" @click=${() => done.undo()}>${undoIcon()}<span>${t("undo")}</span></button>` : nothing}` : nothing}</div>`;
}
