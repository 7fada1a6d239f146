// Arriving together: how the group checks in, and what it kept last time to come back to. Chosen by people; nothing is measured here.
import { html, nothing } from "lit-html";
import { lookBacks, toldLater } from "./group/lookback.js";
import { sheet } from "./sheet.js";

/** In a phase that checks in: the button to choose a way to do so, or to look back; in the first phase of an evening of a group too. */
export function arriving(p) {
  const { view, t, set } = p;
  const arrives = Boolean(view.floor?.arrives);
  const waits = toldLater(view).length > 0 && (arrives || view.phases[0]?.state === "now");
  if (!arrives && !waits) return nothing;
  const both = Boolean(view.look_back) || waits;
  return html`<button class="arriving" data-arriving data-action="arrive" @click=${() => set({ sheet: "arrive" })}>${arrives ? t(both ? "arrive.both" : "arrive.button") : t("lookback.title")}</button>`;
}

/** The chosen way to check in, where the prompt stands: it takes its place, so that there is one thing to read. */
export function ritualAsPrompt(p) {
  const chosen = p.view.floor?.arrives ? found(p) : null;
  return chosen ? html`<span data-ritual-said=${chosen.id}>${p.say(chosen.text)}</span>` : p.say(p.view.phase.prompt);
}

function found(p) {
  const all = p.cards("rituals");
  return [...(all?.check_in ?? []), ...(all?.closing ?? [])].find(({ id }) => id === p.view.ritual);
}

/** The words of the chosen way to check in or to close, on a phone. */
export function ritualSaid(p) {
  const chosen = found(p);
  return chosen ? html`<p class="ritual-said" data-ritual-said=${chosen.id}>${p.say(chosen.text)}</p>` : nothing;
}

/** A way to check in or to close, chosen by a tap and let go by another; `done` is called once it is granted. */
export function ritual({ view, t, say, send }, { id, text, minutes }, done = () => {}) {
  const chosen = view.ritual === id;
  const choose = async () => (await send("ChooseRitual", { ritual: chosen ? "" : id })) && done();
  return html`<button class="ritual ${chosen ? "chosen" : ""}" data-ritual=${id} aria-pressed=${chosen ? "true" : "false"} @click=${choose}><span>${say(text)}</span><i>${t("minutes.short", { n: minutes })}</i></button>`;
}

/** The ways to check in, each with its minutes; and last time's question with the five questions to come back to it. */
export function arriveSheet(p) {
  const { t, set, view } = p;
  const all = p.cards("rituals");
  const done = () => set({ sheet: null });
  return sheet({
    name: "arrive", title: t(view.floor?.arrives ? "arrive.title" : "lookback.title"), close: done, closeLabel: t("close"),
    content: html`${keptLastTime(p, all?.follow_up ?? [])}${lookBacks(p, { first: true, titled: Boolean(view.look_back || view.floor?.arrives) })}
      ${view.floor?.arrives ? html`<p class="quiet">${t("arrive.how")}</p><div class="rituals">${(all?.check_in ?? []).map((one) => ritual(p, one, done))}</div>` : toldLater(view).length ? nothing : html`<p class="sheet-text">${t("lookback.told")}</p>`}`,
  });
}

function keptLastTime({ view, t, say }, questions) {
  const kept = view.look_back;
  if (!kept) return nothing;
  return html`<section class="come-back" data-come-back><h3>${t("kept.title")}</h3>
    ${kept.question ? html`<p>${t("quoted", { text: kept.question })}</p>` : nothing}
    ${kept.intention ? html`<p class="quiet">${t("kept.intention")}: ${kept.intention}${kept.step ? ` · ${kept.step}` : ""}${kept.by ? ` · ${kept.by}` : ""}</p>` : nothing}
    <ul class="talk-cards">${questions.map(({ id, text }) => html`<li data-follow-up=${id}>${say(text)}</li>`)}</ul></section>`;
}
