// Everything that can lie over the running tablet, each opened by its name. Nothing is decided here.
import { nothing } from "lit-html";
import { arrangeSheet } from "./arrange.js";
import { arriveSheet } from "./arriving.js";
import { guideSheet } from "./guide.js";
import { helpSheet } from "./help.js";
import { endQuestion } from "./moretools.js";
import { nextQuestion, planSheet } from "./plan.js";
import { checkSheet } from "./roomcheck.js";
import { exchangeSheet, lateSheet, leavesQuestion, outQuestion } from "./seating.js";
import { seatSheet, seatsSheet } from "./seats.js";
import { evaluationSheet } from "./evaluation.js";

/** The sheet that is open on the tablet, or nothing. */
export function tabletSheets(p) {
  const { sheet } = p.ui;
  const guide = guideSheet(p);
  if (guide) return guide;
  if (sheet === "help") return helpSheet(p);
  if (sheet === "evaluation") return evaluationSheet(p);
  if (sheet === "plan") return planSheet(p);
  if (sheet === "seats") return seatsSheet(p);
  if (sheet === "arrange") return arrangeSheet(p);
  if (sheet === "arrive") return arriveSheet(p);
  if (sheet === "next" || sheet?.phase) return nextQuestion(p);
  if (sheet === "end") return endQuestion(p);
  if (sheet === "check") return checkSheet(p);
  if (sheet === "late") return lateSheet(p);
  if (sheet?.exchange) return exchangeSheet(p);
  if (sheet?.leaves) return leavesQuestion(p);
  if (sheet?.out) return outQuestion(p);
  if (sheet?.seat) return seatSheet(p);
  return nothing;
}
