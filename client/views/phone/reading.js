// Something to read while others speak: one question at a time out of the question cards. Nothing is asked of anybody and nothing is sent.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";

const FIRST = "question";

/** The question behind the question. */
export function behindTask(p) {
  const { t, ui, set, say, cards } = p;
  const groups = cards("questions")?.groups;
  if (!groups) return nothing;
  const { group: id, at } = ui.reading ?? { group: FIRST, at: 0 };
  const group = groups.find((one) => one.id === id) ?? groups[0];
  const card = group.cards[at % group.cards.length];
  const turn = (by) => set({ reading: { group: group.id, at: (at + by + group.cards.length) % group.cards.length } });
  return html`<div class="my-field"><label for="reading-group">${t("reading.label")}</label>
      <select id="reading-group" data-field="reading" @change=${({ target }) => set({ reading: { group: target.value, at: 0 } })}>
        ${groups.map((one) => html`<option value=${one.id} .selected=${live(one === group)}>${say(one.name)}</option>`)}</select></div>
    <p class="reading-card" aria-live="polite" data-card=${card.id}>${say(card.text)}</p>
    <div class="row"><button class="plain" data-action="card-back" @click=${() => turn(-1)}>${t("reading.back")}</button><button class="plain" data-action="card-next" @click=${() => turn(1)}>${t("reading.next")}</button></div>
    <p class="quiet">${t("reading.how")}</p>`;
}
