// "Methoden en beeld": what the group held and knows, and how its evenings went where it chose to keep that. Of the group as a whole; nobody is in it.
import { html, nothing } from "lit-html";
import { trendDots } from "../../marks/trend.js";
import { day } from "./dates.js";
import { part, toggle } from "./fields.js";
import { keepUntil } from "./kept.js";
import { themes } from "./themes.js";
import { methodName } from "./us.js";
import { refusal, wish } from "./wishes.js";

const MOST_HELD = 12;
const FEWEST_QUESTIONS = 10;
/** The four pictures: what is kept for each, where it lies between, and how a value is said. */
const PICTURES = [
  { id: "spread", keeps: "figures", from: () => 0, to: () => 1, round: (value) => Math.round(value * 100) },
  { id: "questions", keeps: "figures", from: () => 0, to: (values) => Math.max(FEWEST_QUESTIONS, ...values), round: (value) => value },
  { id: "pulse", keeps: "pulse", from: () => 1, to: () => 5, round: (value) => value },
  { id: "answers", keeps: "answers", from: () => 1, to: () => 5, round: (value) => value },
];

/** The page. */
export function trend(p) {
  const { t, view: { group } } = p;
  return html`<div class="group-columns"><div>
      ${part("methods", t("group.methods"), methods(p))}
      ${part("familiar", t("group.familiar"), familiar(p))}
      ${group.form === "content" ? part("themes", t("group.themes"), themes(p)) : nothing}
    </div><div>
      ${part("trend", t("group.trend"), pictures(p))}
    </div></div>`;
}

/** What was held, and what there is to say about it: to the group, never as a mark. */
function methods(p) {
  const { t, say, view: { group: { methods: known } } } = p;
  return html`${known.suggest ? html`<p class="edge" data-suggest>${say(known.suggest.why)} ${t("group.suggest.where")}</p>` : nothing}
    ${known.routine ? html`<p class="edge" data-routine>${t("group.routine", { n: known.routine.times, name: methodName(p, known.routine.method) })}</p>` : nothing}
    ${known.held.length
      ? html`<ol class="held">${known.held.slice(0, MOST_HELD).map(({ number, on, method }) => html`<li data-held=${number}><span>${day(on, t.language, "medium")}</span><b>${methodName(p, method)}</b></li>`)}</ol>`
      : html`<p class="quiet">${t("group.methods.none")}</p>`}`;
}

/** Methods the group has in its fingers; those it held first, all others behind a line. */
function familiar(p) {
  const { t, say, view } = p;
  const { familiar: known, held } = view.group.methods;
  const near = new Set([...known, ...held.map(({ method }) => method), view.group.method].filter(Boolean));
  const all = (view.methods ?? []).map(({ id, names }) => [id, say(names)]);
  const far = all.filter(([id]) => !near.has(id)).sort(([, one], [, other]) => one.localeCompare(other));
  const shown = [...near].map((id) => [id, methodName(p, id)]);
  const said = ([id, name]) => toggle({ on: known.includes(id), label: name, name: "familiar", value: id, act: () => wish(p, "familiar", "SayFamiliar", { method: id, familiar: !known.includes(id) }) });
  return html`<p class="quiet">${t("group.familiar.more")}</p>
    ${shown.length ? html`<div class="row" role="group" aria-label=${t("group.familiar")}>${shown.map(said)}</div>` : nothing}
    ${far.length ? html`<details><summary>${t("group.familiar.others", { n: far.length })}</summary><div class="row" role="group" aria-label=${t("group.familiar")}>${far.map(said)}</div></details>` : nothing}${refusal(p, "familiar")}`;
}

/** Off until the group wants it; then four pictures, and the same in words. */
function pictures(p) {
  const { t, view: { group } } = p;
  const keep = (item) => {
    const on = group.keep[item] !== "no";
    return toggle({ on, label: t(`group.trend.keep.${item}`), name: "keep", value: item, act: () => keepUntil(p, "keep", item, on ? "no" : "season") });
  };
  const seen = group.trend ?? [];
  return html`<p class="quiet">${t("group.trend.more")}</p>
    <div class="row" role="group" aria-label=${t("group.trend.which")}>${["figures", "pulse", "answers"].map(keep)}</div>${refusal(p, "keep")}
    ${group.keep.figures === "no" ? html`<p data-trend="off">${t("group.trend.off")}</p>`
      : seen.length ? html`<div class="trends">${PICTURES.filter(({ keeps }) => group.keep[keeps] !== "no").map((one) => picture(p, one, seen))}</div>${inWords(p, seen, PICTURES.filter(({ keeps }) => group.keep[keeps] !== "no"))}`
        : html`<p data-trend="empty">${t("group.trend.empty")}</p>`}`;
}

function picture({ t }, { id, from, to, round }, seen) {
  const values = seen.map((evening) => evening[id]);
  const known = values.filter((value) => value !== null);
  const said = known.length ? values.map((value, n) => `${seen[n].number}: ${value === null ? t("group.trend.unknown") : t(`group.trend.${id}.value`, { n: round(value) })}`).join(", ") : t("group.trend.unknown");
  return html`<figure data-trend-of=${id}><figcaption>${t(`group.trend.${id}`)}</figcaption>
    ${trendDots({ values, from: from(known), to: to(known), label: t("group.trend.label", { what: t(`group.trend.${id}`), list: said }) })}
    <p class="trend-ends" aria-hidden="true"><span>${day(seen[0].on, t.language, "medium")}</span><span>${seen.length > 1 ? day(seen.at(-1).on, t.language, "medium") : ""}</span></p>
    <p class="quiet">${t(`group.trend.${id}.more`)}</p></figure>`;
}

/** The same in words, an evening a row; of what the group keeps. */
function inWords({ t }, seen, kept) {
  const cell = ({ id, round }, evening) => html`<td role="cell"><b class="cell-name">${t(`group.trend.${id}`)}</b><span>${evening[id] === null ? t("group.trend.unknown") : t(`group.trend.${id}.value`, { n: round(evening[id]) })}</span></td>`;
  return html`<details><summary>${t("group.trend.words")}</summary><table class="in-words" role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t("group.trend.evening")}</th>${kept.map(({ id }) => html`<th role="columnheader" scope="col">${t(`group.trend.${id}`)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${seen.map((evening) => html`<tr role="row"><th role="rowheader" scope="row">${day(evening.on, t.language, "medium")}</th>${kept.map((one) => cell(one, evening))}</tr>`)}</tbody></table></details>`;
}
