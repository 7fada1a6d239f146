// The two lines of words at the top of every running screen: where the plan is, and the sentence of the phase.
import { html } from "lit-html";

/** Each sentence on a line of its own, so that it is read in one look. */
export function sentences(text) {
  return text.split(/(?<=[.?!])\s+/).map((sentence) => html`<span class="sentence">${sentence}</span> `);
}

/** "Phase 3 of 6 · Analysis": the place in the plan, counted from one. */
export function place({ view, t, say }) {
  const at = view.phases.findIndex((phase) => phase.state === "now");
  return t("phase.place", { n: at + 1, of: view.phases.length, name: say(view.phase.name) });
}
