// Advice of a peer: kept for later while it waits, given as one piece that begins with "I would". What is parked is seen by nobody else.
import { html, nothing } from "lit-html";
import { announce } from "../../screen.js";
import { ownCards, unsent, wish, writer } from "./writing.js";

/** While advice waits. */
export function parkTask(p) {
  const { t } = p;
  return writer(p, { card: "park", kind: "parked", label: t("park.label"), help: t("park.help"), share: t("park.share"), kept: t("park.kept") });
}

/** Now it may: one piece of advice each. */
export function adviceTask(p) {
  const { t, view } = p;
  return html`${view.case?.enough ? html`<p class="on-table" role="status" data-enough>${t("my_advice.enough")}</p>` : nothing}
    ${parked(p, "advice_list")}
    ${writer(p, { card: "advice", kind: "advice_list", one: true, begin: `${t("advice.begin")} `, label: t("advice.label"), help: t("advice.help"), share: t("advice.share") })}`;
}

/** What was parked comes back, where advice or ideas are welcome. */
export function parked(p, kind) {
  const { t } = p;
  const notes = ownCards(p, "parked");
  if (notes.length === 0) return nothing;
  const taken = kind === "advice_list" && ownCards(p, kind).length > 0;
  const give = async ({ note, text }) => {
    if (!(await wish(p, "WriteNote", { kind, text }))) return;
    await p.send("DropNote", { note });
    announce(t("note.shared", { text }));
  };
  const one = (note) => html`<li class="own-card" data-parked=${note.note}><p>${note.text}</p><div class="row">
      <button class="plain small" data-action="give-parked" @click=${() => give(note)}>${taken ? t("park.instead") : t("park.give")}<span class="unseen">: ${note.text}</span></button>
      <button class="plain small" data-action="drop-parked" @click=${() => wish(p, "DropNote", { note: note.note })}>${t("note.drop")}<span class="unseen">: ${note.text}</span></button></div></li>`;
  return html`<section class="my-parked"><h2>${t("park.back")}</h2><ul class="own-cards">${notes.map(one)}</ul>${unsent(p, "WriteNote")}</section>`;
}
