// Which cards fit this moment for this seat, best first. It looks at the view, and at a question that waits here to come back; it draws nothing.
import { canVote } from "./case.js";
import { looksBack } from "./lookback.js";

/** Kinds of card that are written on a simple card, in the order in which they are offered. */
export const SIMPLE = [
  "question_original", "core_statement", "hypothesis_list", "feeling_list", "image_list", "identification_list", "appreciation_list", "success_factors",
  "option_list", "belief_list", "values_table", "quadrant", "principle", "insight", "answer_notes", "follow_up_note",
];
/** Of these a person has one. */
export const SINGLE = new Set(["question_original", "insight"]);

/** Names of cards, the one that fits best first. */
export function fitting({ view }) {
  const last = looksBack({ view }) ? ["look_back"] : [];
  if (view.stage === "consent") return view.my ? ["agreements", "case", ...last] : ["agreements"];
  if (!view.my || !view.phase || view.floor?.mode === "silence") return [];
  const here = moment(view);
  return [...new Set([...last, ...looking(here), ...choosing(here, view), ...(here.owns ? owners(here, view) : peers(here, view)), ...simple(here, view), ...reachable(here, view)])];
}

function moment(view) {
  const has = (...kinds) => kinds.some((kind) => view.floor?.captures?.includes(kind));
  const about = view.phases.find((phase) => phase.state === "now")?.about_a_case ?? false;
  const deepens = has("question_reformulated", "own_share");
  const advises = has("advice_list");
  const begun = view.phases.some((phase) => phase.about_a_case && phase.state !== "next");
  return {
    has, about, deepens, advises, begun,
    ideas: has("option_list"),
    looksBack: has("evaluation", "agreement") || !view.phase.next,
    chooses: has("case_list", "chosen_case") || Boolean(view.floor?.choice_rule),
    asks: has("question_list", "question_heat") || (!deepens && !advises && (has("answer_notes") || (about && ["dialogue", "interview"].includes(view.floor?.mode)))),
    owns: view.me.role === "case_owner",
    writes: (kind) => view.my.writes.includes(kind),
  };
}

const when = (holds, ...names) => (holds ? names : []);

const looking = ({ looksBack }) => when(looksBack, "items", "learning", "pulse");

function choosing({ chooses, begun, looksBack }, view) {
  const before = !begun && !looksBack && view.phases.some((phase) => phase.about_a_case);
  if (!chooses && !before) return [];
  const vote = when(chooses && canVote({ view }), "vote");
  const shared = view.my.notes.some((note) => note.kind === "case_list");
  return shared || view.choice.counted ? [...vote, "case"] : ["case", ...vote];
}

function owners({ advises, ideas, asks, deepens, has }, view) {
  return [...when(advises || (ideas && view.advice.length > 0), "sort"), ...when(asks, "asked"), ...when(deepens, "restate"), ...when(has("advice_choice", "action", "decision"), "intention")];
}

function peers({ advises, asks, deepens, writes }) {
  return [...when(advises && writes("advice_list"), "advice"), ...when(asks && writes("question_list"), "questions"), ...when(deepens, "behind")];
}

function simple({ has, owns }, view) {
  if (owns && view.floor.silent?.includes("case_owner")) return []; // who listens has nothing to share
  const said = (kind) => (kind === "question_original" ? (owns || !view.case.owner) && !view.case.question : true);
  return SIMPLE.filter((kind) => has(kind) && said(kind)).map((kind) => `card.${kind}`);
}

/** What does not belong to the moment, and is one tap away. */
function reachable({ about, advises, ideas, asks, owns, writes }, view) {
  if (!about) return [];
  if (owns) return [...when(view.questions.asked.length > 0, "asked"), ...when(view.case.restated !== "", "restate"), ...when(view.advice.length > 0, "sort")];
  const later = !advises && !ideas && view.advice.length === 0;
  return [...when(later && writes("question_list"), "questions"), ...when(later && writes("parked"), "park"), ...when(asks, "behind"), ...when(!later && !advises && writes("advice_list") && view.advice.length > 0, "advice")];
}
