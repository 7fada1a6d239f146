// A field for what somebody says aloud: the words survive redraws, other phases and a reload, and go out only when "keep" is pressed.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { hold, typed } from "../drafts.js";
import { nameOf } from "./chair.js";
import { present } from "./slips.js";

export const LONGEST = 400;

/** What was typed and not sent, or undefined. */
export const draft = typed;

/** What stands in a field: the draft, else what the table has already. */
export const standing = (id, text = "") => draft(id) ?? text;

/** Whether a field holds something that is not on the table yet. */
export const unsaved = (id, text = "") => draft(id) !== undefined && draft(id).trim() !== text;

/** Forgets a draft that the table has now; what was typed meanwhile stays. Returns whether nothing was. */
export function sentStill(id, sent) {
  const same = draft(id) === sent;
  if (same) hold(id, undefined);
  return same;
}

/** One text area with its label. Enter keeps the words; where `next` names another field of the form, it goes on there. */
export function area(p, { id, label, text = "", place = "", rows = 2, most = LONGEST, bare = false, next = null }) {
  const write = (event) => {
    hold(id, event.target.value);
    p.set({});
  };
  const enter = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (next) event.target.form?.querySelector(`[data-field="${next}"]`)?.focus();
    else event.target.form?.requestSubmit();
  };
  return html`<label class="written"><span class=${bare ? "unseen" : nothing}>${label}</span><textarea rows=${rows} maxlength=${most} placeholder=${place} data-field=${id} enterkeyhint=${next ? "next" : "done"} autocomplete="off"
    .value=${live(standing(id, text))} @input=${write} @keydown=${enter}></textarea></label>`;
}

/**
 * A field with a button that keeps it.
 * @param {{id, label, text?, place?, rows?, save: (text: string) => Promise<boolean>, seats?, nobody?, empty?}} given
 *   `seats`: whose words they are is chosen among these; `save` is told whose; `empty`: whether nothing may be kept;
 *   `bare`: the label is only heard
 */
export function writing(p, { id, label, text = "", place = "", rows = 2, save, seats = null, nobody = true, first = "", empty = false, bare = false }) {
  const words = standing(id, text).trim();
  const can = seats ? words !== "" : unsaved(id, text) && (empty || words !== "");
  const send = async (event) => {
    event.preventDefault();
    const sent = typed(id);
    if (!can || !(await save(words, seats ? chosen(p, id, seats, nobody, first) : null)) || !sentStill(id, sent)) return;
    p.set({ whose: { ...p.ui.whose, [id]: undefined } });
  };
  return html`<form class="write" data-write=${id} @submit=${send}>${area(p, { id, label, text, place, rows, bare })}
    <div class="write-foot">${seats ? whose(p, id, seats, nobody, first) : nothing}<button class="plain" type="submit" data-action="keep-words" ?disabled=${!can}>${p.t("write.keep")}</button></div></form>`;
}

/** Whose words these are, chosen by letter. */
function whose(p, id, seats, nobody, first) {
  const now = chosen(p, id, seats, nobody, first) ?? "";
  const choose = (event) => p.set({ whose: { ...p.ui.whose, [id]: event.target.value } });
  return html`<label class="whose"><span class="unseen">${p.t("write.whose")}</span><select data-whose=${id} @change=${choose}>
    ${nobody ? html`<option value="" .selected=${live(now === "")}>${p.t("slip.together")}</option>` : nothing}
    ${seats.map((seat) => html`<option value=${seat.letter} .selected=${live(now === seat.letter)}>${seat.letter}${seat.name && seat.name !== seat.letter ? ` · ${nameOf(seat, p.t)}` : ""}</option>`)}</select></label>`;
}

function chosen(p, id, seats, nobody, first) {
  const wished = p.ui.whose?.[id] ?? first;
  if (seats.some((seat) => seat.letter === wished)) return wished;
  return nobody ? null : (seats[0]?.letter ?? null);
}

/** Everybody but the case owner, and whoever has the turn first. */
export const others = (p) => present(p).filter((seat) => seat.role !== "case_owner");
