// "How is this computed?": the rules of counting, in the words of the cards. Nothing is computed here.
import { html, nothing } from "lit-html";

/** A line to open, closed until somebody asks. */
export function computed(p) {
  const rules = p.cards("rules");
  return html`<details class="computed" data-computed><summary>${p.t("computed.title")}</summary>
    ${rules ? html`<ol>${rules.computed.map((rule) => html`<li>${p.say(rule)}</li>`)}</ol>` : nothing}</details>`;
}

/** How to read the strip. */
export function flowWords(p) {
  const rules = p.cards("rules");
  return rules ? html`<p class="quiet fineprint">${p.say(rules.flow)}</p>` : nothing;
}
