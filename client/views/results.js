// What people answered on their phones, as a group: the middle and the half round it, from four answers on. Never one person's, never a mark out of ten.
import { html, nothing } from "lit-html";
import { quantile, rounds, spread } from "../marks/spread.js";

const FEWEST = 4;
const SCALE = { from: 1, to: 5, marks: [1, 2, 3, 4, 5] };

/** Items about process and result, with how the group answered. */
export function results(p) {
  const { view, t } = p;
  const cards = p.cards("evaluation");
  if (!cards) return nothing; // on its way: that is not "too few"
  const told = view.evaluation?.results ?? {};
  const items = [...cards.process, ...cards.result].filter((item) => told[item.id]);
  if (!items.length) return tooFew(p);
  return html`<ol class="group-results" data-results>${items.map((item) => result(p, cards, item, told[item.id]))}</ol>
    <p class="quiet">${t("results.owner")}</p>`;
}

/** Says why nothing is shown, and what can be done without. */
function tooFew({ view, t }) {
  const { answered = 0, of = 0 } = view.evaluation ?? {};
  return html`<div class="too-few" data-few>${rounds(answered, of)}<p><b>${t("results.few", { n: answered, of })}</b></p><p>${t("results.from_four", { n: FEWEST })}</p></div>`;
}

/** "Half of the answers lie between 3 and 4; the middle one is 4." */
function inWords(t, { median, low, high, answers }) {
  return low === high ? t("results.spoken_same", { median, n: answers }) : t("results.spoken", { median, low, high, n: answers });
}

function result(p, cards, item, told, note = nothing) {
  const ends = [p.say(cards.scale.low), p.say(cards.scale.high)];
  return html`<li data-result=${item.id}><p class="statement">${p.say(item.text)}${note}</p>
    ${spread({ ...told, ...SCALE, ends, label: `${p.say(item.text)} ${inWords(p.t, told)}` })}</li>`;
}

/** Safety, apart from the rest and in careful words. */
export function pulse(p) {
  const { view, t } = p;
  const cards = p.cards("evaluation");
  const { answered = 0, results: told = {} } = view.evaluation?.pulse ?? {};
  const items = cards?.pulse.filter((item) => told[item.id]) ?? [];
  const turned = (item) => (item.reverse ? html`<i class="quiet" data-reverse>${t("pulse.reverse")}</i>` : nothing);
  return html`<section class="pulse" data-pulse><h3>${t("pulse.title")}</h3><p class="quiet">${t("pulse.how")}</p>
    ${items.length ? html`<ol class="group-results">${items.map((item) => result(p, cards, item, told[item.id], turned(item)))}</ol><p>${t("pulse.talk")}</p>`
      : html`<p data-few-pulse>${t("pulse.few", { n: FEWEST, answered })}</p>`}</section>`;
}

// --- felt beside measured ---

/** Parts of an even share that the seats had, where the phases compare them: 1 is even. No seat can be read back from it. */
export function sharesOf(whole) {
  const spoken = {};
  const even = {};
  for (const phase of whole?.phases ?? []) {
    const compared = Object.entries(phase.seats).filter(([letter, seat]) => seat.expected != null && whole.seats[letter]?.measured !== false);
    const mean = compared.reduce((sum, [, seat]) => sum + seat.seconds, 0) / (compared.length || 1);
    for (const [letter, seat] of compared) {
      spoken[letter] = (spoken[letter] ?? 0) + seat.seconds;
      even[letter] = (even[letter] ?? 0) + mean;
    }
  }
  const shares = Object.keys(spoken).filter((letter) => even[letter] > 0).map((letter) => spoken[letter] / even[letter]);
  if (shares.length < FEWEST) return null;
  const tenth = (part) => Math.round(quantile(shares, part) * 10) / 10;
  return { low: tenth(0.25), median: tenth(0.5), high: tenth(0.75) };
}

/** How much room people felt, above how the measured time was spread; then three questions. */
export function feltBesideMeasured(p) {
  const { view, t } = p;
  const card = p.cards("evaluation")?.felt[0];
  const felt = view.evaluation?.results?.felt;
  if (!card) return nothing;
  if (!felt) return html`<section class="felt-beside" data-felt="none"><h3>${t("felt.title")}</h3><p class="quiet">${t("felt.few", { n: FEWEST })}</p></section>`;
  const ends = [p.say(card.low), p.say(card.middle), p.say(card.high)];
  const shares = sharesOf(view.summary);
  return html`<section class="felt-beside" data-felt="shown"><h3>${t("felt.title")}</h3>
    <div class="felt-pair">
      <figure><figcaption>${t("felt.felt")}</figcaption>${spread({ ...felt, ...SCALE, ends, right: 3, label: `${p.say(card.text)} ${inWords(t, felt)}` })}</figure>
      ${shares ? html`<figure data-shares><figcaption>${t("felt.measured")}</figcaption>${spread({ ...shares, from: 0, to: 2, marks: [0, 0.5, 1, 1.5, 2], right: 1, ends: [t("felt.little"), t("felt.even"), t("felt.twice")], label: t("felt.shares_spoken", shares) })}</figure>` : nothing}
    </div>
    <p class="felt-sentence">${t(sentence(felt, shares))}</p>
    <ul class="felt-prompts">${["recognise", "surprise", "next"].map((prompt) => html`<li>${t(`felt.prompt.${prompt}`)}</li>`)}</ul></section>`;
}

/** One calm sentence: whether both pictures tell the same. */
function sentence({ low, high }, shares) {
  const feltEven = high - low <= 1;
  if (!shares) return feltEven ? "felt.alike" : "felt.apart";
  const even = shares.high - shares.low <= 0.6;
  if (feltEven) return even ? "felt.both_even" : "felt.felt_even";
  return even ? "felt.measured_even" : "felt.both_apart";
}
