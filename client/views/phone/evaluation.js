// Looking back on this phone: items one by one, how much room was felt, questions for oneself. Only medians of four and more come back; nobody's answer is another's.
import { html, nothing } from "lit-html";
import { spread } from "../../marks/spread.js";
import { field, unsent, wish } from "./writing.js";

const TAPS = [1, 2, 3, 4, 5];

/** Five big taps with words at the ends (and in the middle); `mark` names them for tests and scripts. */
export function fiveTaps(p, { mark, chosen, choose, low, middle, high }) {
  const { t, say } = p;
  const tap = (n) => html`<button class="tap" data-answer="${mark}=${n}" aria-pressed=${chosen === n ? "true" : "false"} @click=${() => choose(n)}
    aria-label=${t("scale.of", { n, word: n === 1 ? say(low) : n === 5 ? say(high) : n === 3 && middle ? say(middle) : "" }).replace(/: $/, "")}>${n}</button>`;
  return html`<div class="taps five">${TAPS.map(tap)}</div>
    <p class="scale-words" aria-hidden="true"><span>${say(low)}</span>${middle ? html`<span>${say(middle)}</span>` : nothing}<span>${say(high)}</span></p>`;
}

/** The texts of all items by id. */
function itemTexts(all) {
  return new Map([...all.process, ...all.result, ...all.felt].map((one) => [one.id, one]));
}

/** The items of this seat, one at a time; every tap is saved at once. */
export function itemsTask(p) {
  const { t, view, ui, set, say, cards } = p;
  const all = cards("evaluation");
  if (!all) return nothing;
  const { items, answers } = view.my;
  const texts = itemTexts(all);
  const known = items.filter((id) => texts.has(id));
  if (view.evaluation?.shown) return html`<h2>${t("items.title")}</h2><p data-answers="over">${t("answers.over")}</p>${results(p, known, texts, view.evaluation.results ?? {}, "items")}`;
  const first = known.findIndex((id) => !(id in answers));
  const at = ui.item ?? (first < 0 ? known.length : first);
  return html`<h2>${t("items.title")}</h2>${at >= known.length ? answered(p, known, texts) : item(p, known, at, texts.get(known[at]), all.scale)}
    <p class="quiet">${t("items.private")}</p>${unsent(p, "AnswerItems")}${results(p, known, texts, view.evaluation?.results ?? {}, "items")}
    ${at >= known.length ? html`<div class="row"><button class="main" data-action="to-learning" @click=${() => set({ tab: { card: "learning", stop: view.phase.id } })}>${t("items.on")}</button></div>` : nothing}`;

  function item(q, ids, n, one, scale) {
    const id = ids[n];
    const next = ids.findIndex((other, place) => place > n && !(other in answers)); // what is answered already is not asked again
    const choose = async (score) => {
      if (await wish(q, "AnswerItems", { answers: [[id, score]] })) set({ item: next < 0 ? ids.length : next });
    };
    return html`<fieldset class="item" data-item=${id}><legend aria-live="polite"><span class="card-over">${t("items.place", { n: n + 1, of: ids.length })}</span>${say(one.text)}</legend>
      ${fiveTaps(q, { mark: id, chosen: answers[id], choose, low: one.low ?? scale.low, middle: one.middle, high: one.high ?? scale.high })}</fieldset>
      <div class="row between"><button class="plain small" data-action="item-back" ?disabled=${n === 0} @click=${() => set({ item: n - 1 })}>${t("items.back")}</button>
        <button class="plain small" data-action="item-next" @click=${() => set({ item: first < 0 ? ids.length : n + 1 })}>${answers[id] ? t("items.next") : t("items.skip")}</button></div>`;
  }
}

/** All answered: shown back, each can be changed. */
function answered({ t, say, set, view }, ids, texts) {
  const one = (id, n) => html`<li><button class="answer-row" data-change=${id} @click=${() => set({ item: n })}><span>${say(texts.get(id).text)}</span><b class="tabular">${view.my.answers[id] ?? "–"}</b></button></li>`;
  return html`<p>${t("items.done")}</p><ol class="answers">${ids.map(one)}</ol>`;
}

/** The picture in words. */
const inWords = (t, { median, low, high, answers }) =>
  low === high ? t("my_results.alike", { median, of: answers }) : t("my_results.words", { median, low, high, of: answers });

/** What the group answered, where enough did. */
export function results({ t, say, view }, ids, texts, told, name) {
  const shown = ids.filter((id) => told[id]);
  if (shown.length === 0) return nothing;
  return html`<section class="results" data-results=${name}><h3>${t("my_results.title")}</h3>
    <ul>${shown.map((id) => html`<li data-result=${id}><p>${say(texts.get(id).text)}</p>${spread({ ...told[id], from: 1, to: 5, marks: TAPS, label: inWords(t, told[id]) })}<p class="quiet">${inWords(t, told[id])}</p></li>`)}</ul>
    <p class="quiet">${t("my_results.how", { n: view.people.length })}</p></section>`;
}

/** Questions for oneself; the answers stay here, to read aloud from. */
export function learningTask(p) {
  const { t, view, set, say, cards } = p;
  const all = cards("evaluation");
  if (!all) return nothing;
  return html`<h2>${t("my_learning.title")}</h2><p class="quiet">${t("my_learning.stays")}</p>
    ${all.learning.map((one) => field(p, { name: `learning.${one.id}`, label: say(one.text), rows: 2 }))}
    <div class="row"><button class="main" data-action="to-pulse" @click=${() => set({ tab: { card: "pulse", stop: view.phase.id } })}>${t("my_learning.on")}</button></div>`;
}
