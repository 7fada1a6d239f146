// What the hand holds besides the prompt: at most one panel, chosen by what the phase gathers. The rest is behind "Cards".
import { nothing } from "lit-html";
import { advicePanel, adviceSheet, intentionPanel, intentionSheet } from "./advice.js";
import { awarenessPanel, awarenessSheet, deeperSheet, questionPanel } from "./awareness.js";
import { casesPanel, casesSheet, chooseQuestion } from "./cases.js";
import { isQuiet } from "./floor.js";
import { cardsSheet, gathered, notedPanel } from "./noted.js";
import { questionsPanel, questionsSheet } from "./questions.js";
import { roundSheet } from "./round.js";

/** The name of the panel of this phase: one, or none while it is quiet. */
export function panelName(p) {
  const { floor, case: running } = p.view;
  if (!floor || isQuiet(p)) return null;
  const has = (...kinds) => kinds.some((kind) => floor.captures?.includes(kind));
  if (floor.choice_rule || has("case_list", "chosen_case")) return "cases";
  if (has("question_list", "question_heat")) return "questions";
  if (has("advice_list")) return "advice";
  if (floor.asks && (p.view.questions?.waiting || p.view.questions?.now)) return "questions";
  if (has("question_reformulated", "own_share")) return "awareness";
  if (gathered(p)) return "noted";
  if (has("advice_choice", "action", "decision")) return "intention";
  return has("question_original") && running?.owner && !running.question ? "first" : null;
}

const PANELS = { cases: casesPanel, questions: questionsPanel, advice: advicePanel, awareness: awarenessPanel, noted: notedPanel, intention: intentionPanel, first: questionPanel };

/** The panel, or nothing. */
export const panel = (p) => PANELS[panelName(p)]?.(p) ?? nothing;

const SHEETS = { cards: cardsSheet, cases: casesSheet, questions: questionsSheet, awareness: awarenessSheet, advice: adviceSheet, intention: intentionSheet, round: roundSheet, deeper: deeperSheet };

/** The sheet of the guide that is open, or null when it is none of these. */
export function guideSheet(p) {
  const { sheet } = p.ui;
  if (sheet?.choose) return chooseQuestion(p);
  return typeof sheet === "string" && Object.hasOwn(SHEETS, sheet) ? SHEETS[sheet](p) : null;
}
