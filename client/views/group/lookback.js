// Five minutes to come back to what somebody took home: told by that person, as far as they wish. Nobody else's number and nothing is counted; what the group's rule says comes first, and neither is pressed on anybody.
import { html, nothing } from "lit-html";
import { announce } from "../../screen.js";
import { day } from "./dates.js";

const MOST = 10;
const RULES = new Set(["next", "season", "always"]);

/** How long it stays when it is kept, in the words for that choice; where the rule is not known, as the group chose. Null where the group keeps nothing of it. */
export const keepWords = (t, rule) => (rule === "no" ? null : RULES.has(rule) ? t(`lookback.keep.${rule}`) : t("lookback.keep.as_agreed"));

/** What has not been looked back at. */
export const toldLater = ({ group }) => (group?.intentions ?? []).filter((one) => !one.told);

/** On the tablet, for all who wait; one lies open at a time. With `first` that is the first of them; `titled` where the place does not say what it is. */
export function lookBacks(p, { first = false, titled = true } = {}) {
  const { t, view, ui } = p;
  const waiting = toldLater(view);
  if (!waiting.length) return nothing;
  const open = ui.telling === undefined && first ? waiting[0].key : ui.telling;
  return html`<section class="look-backs" data-look-backs aria-label=${t("lookback.title")}>${titled ? html`<h2>${t("lookback.title")}</h2>` : nothing}<p class="quiet">${t("lookback.how")}</p>
    <ul>${waiting.map((one) => line(p, one, one.key === open))}</ul></section>`;
}

function line(p, one, open) {
  const { t, view: { group }, set } = p;
  const name = group.members.find(({ key }) => key === one.member)?.name ?? null;
  const whose = name ? t("lookback.of", { name }) : t("lookback.gone");
  return html`<li class="look-back-line" data-intention=${one.key}><div class="look-back-head"><div><h3>${whose}</h3>${open ? nothing : html`<p class="quiet">${one.question || one.text}</p>`}</div>
      <button class="plain" data-action="look-back-${one.key}" aria-expanded=${open ? "true" : "false"} aria-label="${open ? t("lookback.later") : t("lookback.open")}, ${whose}" @click=${() => set({ telling: open ? null : one.key })}>${open ? t("lookback.later") : t("lookback.open")}</button></div>
    ${open ? card(p, one, onTablet(p, one, name)) : nothing}</li>`;
}

/** What was tapped here lives in this page until it is sent. */
function onTablet(p, one, name) {
  const { t, ui, set, view: { group } } = p;
  const said = ui.told?.[one.key] ?? {};
  return {
    worth: said.worth ?? -1, back: said.back ?? false, put: (patch) => set({ told: { ...ui.told, [one.key]: { ...said, ...patch } } }),
    how: t("lookback.back_how", { name: name ?? t("lookback.somebody") }), keepWord: keepWords(t, group.keep?.intention ?? "no"),
    send: (fields) => p.send("TellLookBack", fields),
  };
}

/**
 * The card of one intention.
 * @param {object} given {worth: 0..10 or -1, back, put: (patch) => void, how: what follows when it comes back, keepWord: or null, send: (fields) => Promise<boolean>, more?: template}
 */
export function card(p, one, { worth, back, put, how, keepWord, send, more = nothing }) {
  const { t, say } = p;
  const asked = (id) => p.cards("rituals")?.follow_up.find((question) => question.id === id);
  const question = (id) => (asked(id) ? html`<p class="follow-up" data-follow-up=${id}>${say(asked(id).text)}</p>` : nothing);
  const was = (label, text) => (text ? html`<div><dt>${label}</dt><dd>${text}</dd></div>` : nothing);
  const tell = async (keep) => (await send({ intention: one.key, worth, back, keep })) && announce(t("lookback.told"));
  return html`<div class="look-back-card" data-look-back-card=${one.key}>
    <dl>${was(t("kept.question"), one.question)}${was(t("kept.intention"), one.text)}${was(t("kept.step"), one.step)}${was(t("kept.by"), day(one.by, t.language))}</dl>
    <p class="quiet">${t("lookback.aloud")}</p>
    ${question("done")}
    <fieldset class="worth"><legend>${say(asked("use")?.text)}</legend><div class="worth-row">${Array.from({ length: MOST + 1 }, (_, n) => html`<button class="plain" data-worth=${n} aria-pressed=${worth === n ? "true" : "false"} @click=${() => put({ worth: worth === n ? -1 : n })}>${n}</button>`)}</div>
      <p class="quiet">${t("lookback.worth")}</p></fieldset>
    ${question("now")}${question("learned")}${question("again")}
    <button class="plain toggle-back ${back ? "chosen" : ""}" data-action="back-on-table" aria-pressed=${back ? "true" : "false"} @click=${() => put({ back: !back })}><span class="tick" aria-hidden="true">${back ? "✓" : ""}</span><span>${t("lookback.back")}</span></button>
    <div role="status">${back ? html`<p class="edge" data-back-how>${how}</p>` : nothing}</div>${back ? more : nothing}
    <div class="row">${keepWord ? html`<button class="plain grow" data-action="told-keep" @click=${() => tell(true)}>${keepWord}</button>` : nothing}
      <button class="plain grow" data-action="told-forget" @click=${() => tell(false)}>${t("lookback.forget")}</button></div></div>`;
}
