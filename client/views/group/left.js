// What a group leaves in the page of the facilitator when it is closed, or when another one was opened: nothing. The one place where that is seen to.
import { forget, untouched } from "../form.js";
import { release } from "./held.js";

/** What belongs to the screen or to the meeting at the table, whichever group is open; everything else goes. */
const STAYS = ["pin", "pinRefused", "busy", "groupBusy", "yes", "lamp", "handled", "look", "naming", "late", "scrub", "evaluation", "aloud"];
const SHEETS_OF_A_GROUP = new Set(["prepare", "arrive"]);

/** By what the open group of this view is known, another word each time one is opened; null without one, undefined where it is not told. */
export function openingOf(view) {
  if (view?.role !== "facilitator") return null;
  return view.group ? (view.group.opening ?? "open") : view.group;
}

/** What of `ui` stays beside `fresh` when the group of `view` is another than before; what was typed and chosen for the one before is gone. */
export function withoutGroup(ui, fresh, { view, t }) {
  release();
  forget(null);
  const { sheet } = ui;
  const stays = Object.fromEntries(STAYS.filter((key) => key in ui).map((key) => [key, ui[key]]));
  return {
    ...fresh, ...stays, sheet: sheet?.group || SHEETS_OF_A_GROUP.has(sheet) ? null : sheet,
    form: ui.form && view.methods?.length ? untouched({ view, t }) : null, groupPage: openingOf(view) ? (ui.groupNext ?? null) : null,
  };
}
