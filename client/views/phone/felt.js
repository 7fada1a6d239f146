// How much room this person felt, beside what was measured if anything was: the own two only, and no judgement of either.
import { html, nothing } from "lit-html";
import { onScale } from "../../marks/spread.js";
import { spoken } from "../around.js";

/** Which of the three words comes nearest to 1 to 5. */
const nearest = (score) => (score < 2.5 ? "low" : score > 3.5 ? "high" : "middle");

/** The own felt room beside the own measured time; nothing where it was not answered. */
export function feltBesideMeasured({ view, t, say, cards }) {
  const score = view.my?.answers?.felt;
  const felt = cards("evaluation")?.felt[0];
  if (!score || !felt) return nothing;
  const word = say(felt[nearest(score)]);
  return html`<section class="felt" data-felt=${score}><h2>${say(felt.text)}</h2>
    ${onScale({ value: score, from: 1, to: 5, marks: [1, 2, 3, 4, 5], label: t("my_felt.you", { word }) })}
    <p class="felt-word">${t("my_felt.you", { word })}</p>
    ${measured({ view, t })}</section>`;
}

/** Time, or turns where those are counted; nothing where nothing was, or nobody was heard. */
function measured({ view: { mine }, t }) {
  if (!mine || mine.heard === false || (mine.seconds ?? mine.turns) == null) return nothing;
  const told = mine.seconds == null ? t("my_felt.turns", { n: mine.turns }) : t("my_felt.measured", { spoken: spoken(t, mine.seconds) });
  return html`<p class="quiet">${told}</p><p class="quiet">${t("my_felt.both")}</p>`;
}
