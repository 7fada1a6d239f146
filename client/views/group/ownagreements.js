// Agreements of the group's own, read out before an evening behind the usual ones.
import { html, nothing } from "lit-html";
import { adding, line } from "./fields.js";
import { wish } from "./wishes.js";

const MOST = 200;

/** The list: each may be written anew, or taken away and put back. */
export function ownAgreements(p) {
  const { t, view: { group } } = p;
  const write = (text, more = {}, rest = {}) => wish(p, more.agreement ? `agreement-${more.agreement}` : "agreement", "WriteGroupAgreement", { text, ...more }, rest);
  const row = ({ key, text }, n) => html`<li data-agreement=${key}>${line(p, { id: `agreement-${key}`, label: t("group.agreement", { n: n + 1 }), text, bare: true, needed: true, most: MOST, save: (said) => write(said, { agreement: key }) })}
    <button class="plain round" data-action="drop-agreement-${key}" aria-label=${t("group.agreement.drop", { n: n + 1 })} @click=${() =>
      write("", { agreement: key }, { done: t("group.agreement.gone"), undo: () => write(text) })}>✕</button></li>`;
  return html`<p class="quiet">${t("group.agreements.more")}</p>
    ${group.agreements.length ? html`<ul class="group-rows agreements-own">${group.agreements.map(row)}</ul>` : nothing}
    ${adding(p, { id: "agreement", label: t("group.agreement.add"), button: t("group.add"), most: MOST, place: t("group.agreement.example"), save: (text) => write(text, {}, { done: t("group.agreement.added") }) })}`;
}
