// A sheet over the page: title, content, close. Built on <dialog>, which keeps the focus inside and listens to Escape.
import { html } from "lit-html";

/** A sheet named `name` with `content`; `close` is called by the cross, by Escape, and where a device's own gesture shut it. */
export function sheet({ name, title, close, closeLabel, content, small = false }) {
  const cancelled = (event) => {
    event.preventDefault();
    close();
  };
  const outside = (event) => event.target === event.currentTarget && close();
  return html`<dialog class="sheet ${small ? "small" : ""}" data-sheet=${name} aria-labelledby="sheet-${name}" @cancel=${cancelled} @close=${close} @click=${outside}>
    <div class="sheet-inside">
      <header><h2 id="sheet-${name}">${title}</h2>
        <button class="plain round" data-action="close-sheet" aria-label=${closeLabel} @click=${close}>✕</button></header>
      ${content}
      <p class="unseen" role="status" data-said></p>
    </div>
  </dialog>`;
}

/** A question with one clear yes and a way back; `more` stands between the two. */
export function question(p, { name, title, text, yes, act, action, more = "" }) {
  const close = () => p.set({ sheet: null });
  const go = async () => {
    close();
    await act();
  };
  return sheet({
    name, title, close, closeLabel: p.t("close"), small: true,
    content: html`<p class="sheet-text">${text}</p>
      ${more}
      <div class="row">
        <button class="main grow" data-action=${action} autofocus @click=${go}>${yes}</button>
        <button class="plain" data-action="not-yet" @click=${close}>${p.t("not_yet")}</button>
      </div>`,
  });
}

const cameFrom = [];
const shown = new WeakMap(); // which sheet an open <dialog> held at the last look

/** Where one sheet became another in the same place, reading goes on at its beginning. */
function beginAnew(dialog) {
  if (shown.get(dialog) === dialog.dataset.sheet) return;
  shown.set(dialog, dialog.dataset.sheet);
  const heading = dialog.querySelector("h2");
  heading.tabIndex = -1;
  dialog.scrollTo(0, 0);
  (dialog.querySelector("[autofocus]") ?? heading).focus();
}

/** Opens the sheet that was just drawn, over one that may be there already; gives the focus back when it is gone. */
export function openSheets(root) {
  const drawn = root.querySelector("dialog:not([open])");
  if (drawn) {
    cameFrom.push(document.activeElement);
    drawn.showModal();
    shown.set(drawn, drawn.dataset.sheet);
    return;
  }
  const open = root.querySelectorAll("dialog");
  open.forEach(beginAnew);
  const there = open.length;
  while (cameFrom.length > there) {
    const before = cameFrom.pop();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }
}
