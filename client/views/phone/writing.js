// A field that coaches while one types, and the own cards under it. What is typed leaves this phone only when it is shared.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { announce } from "../../screen.js";
import { draft, forget, keep, touch } from "../../drafts.js";

const LONGEST = 400;

/** Sends a wish. Without a line it says so and what is on the phone stays there; `names` are drafts that are done once it is granted. */
export async function wish(p, command, fields, ...names) {
  const unsent = names[0] ?? command;
  if (p.lost) {
    p.set({ unsent, refused: false });
    return false;
  }
  const before = names.map(draft);
  const ok = await p.send(command, fields);
  if (ok) forget(...names.filter((name, n) => draft(name) === before[n]));
  p.set({ unsent: ok ? null : unsent });
  return ok;
}

/** Said where something could not be sent; of a refusal the page says why. */
export function unsent({ ui, t }, name) {
  return html`<p class="unsent" role="status">${ui.unsent === name && !ui.refused ? t("draft.unsent") : nothing}</p>`;
}

/** A hint under a field: said politely when it changes, never in the way. */
export function hintLine(p, hint, more = nothing) {
  const language = p.view.language;
  return html`<div class="coach ${hint ? (hint.good ? "coach-good" : "coach-hint") : ""}" role="status" data-hint=${hint?.code ?? ""}>
    ${hint ? html`<p>${p.say(hint.text)}</p>` : nothing}
    ${hint?.better ? html`<p class="coach-better">${p.t("coach.better")} <q lang=${language}>${hint.better}</q></p>` : nothing}
    ${hint ? more : nothing}</div>`;
}

/**
 * A field for one text.
 * @param {object} given {name: draft, label, help?, begin?: how it begins, hint?: template, rows?}
 */
export function field(p, { name, label, help, begin = "", hint = nothing, rows = 3 }) {
  const id = name.replaceAll(".", "-");
  const typed = ({ target }) => {
    keep(p.view, name, target.value.trim() === begin.trim() ? "" : target.value);
    p.set({ unsent: null });
  };
  return html`<div class="my-field">
    <label for=${id}>${label}</label>
    ${help ? html`<p class="quiet" id="${id}-help">${help}</p>` : nothing}
    <textarea id=${id} data-field=${name} rows=${rows} maxlength=${LONGEST} aria-describedby=${help ? `${id}-help` : nothing} autocomplete="off"
      .value=${live(draft(name) || begin)} @focus=${() => touch(p.view, name)} @input=${typed}></textarea>
    ${hint}</div>`;
}

/** The button that shares; with nothing to share it leads to the field. */
export function shareButton({ label, name, ready, act, action = "share" }) {
  const press = () => (ready ? act() : document.querySelector(`[data-field="${name}"]`)?.focus());
  return html`<button class="main" data-action=${action} aria-disabled=${ready ? "false" : "true"} @click=${press}>${label}</button>`;
}

/** Own cards of a kind, of the case that is treated. */
export function ownCards({ view }, kind) {
  const anyCase = kind === "case_list";
  return (view.my?.notes ?? []).filter((note) => note.kind === kind && (anyCase || note.case === view.case?.number));
}

/**
 * A writer of cards: the field, and what this seat wrote before.
 * @param {object} given {card: task, kind, label, help?, hint?: (text) => template, begin?, one?: only one card, share?: word on the button, kept?: what stays on this phone until when, state?: (note) => text, part?: when a card has more fields, granted?: () => void}
 */
export function writer(p, { card, kind, label, help, hint = () => nothing, begin = "", one = false, share, kept, state, part = "text", granted = () => {} }) {
  const { t } = p;
  const name = `${card}.${part}`;
  const anew = `${card}.${part}-note`;
  const mine = ownCards(p, kind);
  const text = draft(name);
  const number = Number(draft(anew)) || null;
  const old = mine.find((note) => note.note === number);
  const act = async () => {
    const done = await wish(p, "WriteNote", { kind, text: text.trim(), ...(old ? { note: number } : {}) }, name, anew);
    if (!done) return;
    granted();
    announce(t("note.shared", { text: text.trim() }));
  };
  const change = (note) => {
    keep(p.view, anew, String(note.note));
    keep(p.view, name, note.text);
    p.set({ unsent: null });
    requestAnimationFrame(() => document.querySelector(`[data-field="${name}"]`)?.focus());
  };
  const leave = () => {
    forget(name, anew);
    p.set({ unsent: null });
  };
  const button = old ? t("note.save") : (share ?? t("note.share"));
  const writes = !one || mine.length === 0 || text !== "" || number;
  return html`<div class="writer" data-writes=${kind}>
    ${writes ? html`${field(p, { name, label, help, begin, hint: hint(text) })}
      <div class="row">${shareButton({ label: button, name, ready: text.trim() !== "", act })}
        ${number ? html`<button class="plain" data-action="leave-note" @click=${leave}>${t("note.leave")}</button>` : nothing}</div>
      <p class="quiet kept">${kept ?? keptUntil(p, button)}</p>${unsent(p, name)}` : nothing}
    ${list(p, { notes: writes && one ? [] : mine.filter((note) => note.note !== number), change, state, label })}
  </div>`;
}

/** What is typed stays here until a button shares it; the line says which, where its word does not. */
export const keptUntil = ({ t }, button) => (button === t("note.share") ? t("draft.kept") : t("draft.shares", { button }));

function list(p, { notes, change, state, label }) {
  if (notes.length === 0) return nothing;
  return html`<ul class="own-cards" aria-label=${label}>${notes.map((note) => ownCard(p, note, change, state))}</ul>${unsent(p, "DropNote")}`;
}

function ownCard(p, note, change, state) {
  const { t } = p;
  return html`<li class="own-card" data-note=${note.note}><p>${note.text}</p>
    ${state ? html`<p class="quiet">${state(note)}</p>` : nothing}
    ${note.asked ? nothing : html`<div class="row">
      <button class="plain small" data-action="change-note" @click=${() => change(note)}>${t("note.change")}<span class="unseen">: ${note.text}</span></button>
      <button class="plain small" data-action="drop-note" @click=${() => wish(p, "DropNote", { note: note.note })}>${t("note.drop")}<span class="unseen">: ${note.text}</span></button></div>`}</li>`;
}

/** A text of somebody, as it stands. */
export const quote = (text, name = "") => html`<blockquote class="quoted" data-quote=${name}>${text}</blockquote>`;
