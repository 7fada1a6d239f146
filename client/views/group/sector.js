// Examples out of the field a group works in, where it said which. Without that nothing is shown and nothing is fetched.
import { html, nothing } from "lit-html";

/** What the cards hold for the group's own field: {name, examples, prompts, dilemma}, or null. */
export function sectorOf(p) {
  const setting = p.view.group?.setting;
  return setting ? (p.cards("sectors")?.[setting] ?? null) : null;
}

/** Questions as somebody there might bring them. */
export function examples(p) {
  const sector = sectorOf(p);
  return sector ? folded(p, sector, list(p, sector.examples)) : nothing;
}

/** The same for whoever looks for a question of their own: first where to look. */
export function prompts(p) {
  const sector = sectorOf(p);
  return sector ? folded(p, sector, html`<p><b>${p.t("evening.sector.think")}</b></p>${list(p, sector.prompts)}<p><b>${p.t("evening.sector.like")}</b></p>${list(p, sector.examples)}`) : nothing;
}

/** For the method about a moral dilemma: how one looks there, and what is often at stake. */
export function dilemmas(p, method) {
  const dilemma = method.id === "moral_dilemma" ? sectorOf(p)?.dilemma : null;
  if (!dilemma) return nothing;
  const { t, say } = p;
  return html`<section class="about" data-sector="dilemma"><h3>${t("evening.sector.dilemmas", { name: say(sectorOf(p).name) })}</h3><p>${say(dilemma.intro)}</p>${list(p, dilemma.examples)}
    ${dilemma.values?.length ? html`<p><b>${t("evening.sector.values")}</b> ${dilemma.values.map((one) => say(one)).join(", ")}</p>` : nothing}</section>`;
}

const list = ({ say }, texts = []) => html`<ul>${texts.map((text) => html`<li>${say(text)}</li>`)}</ul>`;
const folded = ({ t, say }, { name }, content) => html`<details class="sector" data-sector="examples"><summary>${t("evening.sector", { name: say(name) })}</summary>${content}</details>`;
