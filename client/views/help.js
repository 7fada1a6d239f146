// Help for the lead, on the lead's own screen: three sentences to say, questions to ask, a minute of silence. It names nobody and sends nothing.
import { html, nothing } from "lit-html";
import { backIcon, helpIcon } from "../marks/icons.js";
import { breath, SILENCE_SECONDS } from "../marks/breath.js";
import { sheet } from "./sheet.js";

const TABS = ["cards", "questions", "silence"];

/** The way in; a small dot says that something on the cards may fit now. */
export function helpButton(p) {
  const { t, view, set } = p;
  const some = (view.offered ?? []).length > 0;
  return html`<button class="tool help-button ${some ? "offers" : ""}" data-action="help" @click=${() => set({ sheet: "help", help: null })}>
    <span class="help-sign">${helpIcon()}${some ? html`<i aria-hidden="true"></i>` : nothing}</span><span>${t("help.button")}${some ? html`<span class="unseen">, ${t("help.now")}</span>` : nothing}</span></button>`;
}

/** The sheet behind it: `ui.help` is {tab, card, group, since}. */
export function helpSheet(p) {
  const { t, ui, set } = p;
  const at = { tab: "cards", ...ui.help };
  const go = (patch) => set({ help: { ...at, ...patch } });
  const tab = (name) => html`<button class="help-tab ${at.tab === name ? "chosen" : ""}" data-help-tab=${name} aria-pressed=${at.tab === name ? "true" : "false"}
    @click=${() => go({ tab: name, card: null, group: null, since: name === "silence" ? performance.now() : null })}>${t(`help.tab.${name}`)}</button>`;
  return sheet({
    name: "help", title: t("help.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<p class="quiet private">${t("help.private")}</p><div class="help-tabs" role="group" aria-label=${t("help.title")}>${TABS.map(tab)}</div>${inside(p, at, go)}`,
  });
}

function inside(p, at, go) {
  if (at.tab === "silence") return silence(p, at, go);
  if (at.tab === "questions") return questions(p, at, go);
  const found = p.cards("help");
  if (!found) return html`<p class="quiet">${p.t("waiting")}</p>`;
  return at.card && found.cards[at.card] ? card(p, found.cards[at.card], go) : list(p, found, go);
}

// --- the cards ---

/** What may fit now first, then all of them, by what happens at the table. */
function list({ t, view, say }, { order, cards }, go) {
  const offered = (view.offered ?? []).filter((id) => cards[id]);
  const row = (id) => html`<li><button class="help-row" data-help=${id} @click=${() => go({ card: id })}>${say(cards[id].when)}</button></li>`;
  return html`${offered.length ? html`<section class="help-list offered" data-offered><h3>${t("help.now")}</h3><ul>${offered.map(row)}</ul></section>` : nothing}
    <section class="help-list"><h3>${t("help.all")}</h3><ul>${order.filter((id) => !offered.includes(id)).map(row)}</ul></section>`;
}

/** Three sentences, large enough to read while you look up; what to do then, small. */
function card({ t, say }, { when, lines, then }, go) {
  return html`<article class="help-card" data-help-card><h3>${say(when)}</h3>
    ${lines.map((line) => html`<p class="help-line">${say(line)}</p>`)}
    <p class="help-then"><b>${t("help.then")}</b> ${say(then)}</p>
    <button class="plain back-button" data-action="help-back" @click=${() => go({ card: null })}>${backIcon()}<span>${t("help.back")}</span></button></article>`;
}

// --- questions ---

/** Questions to borrow, by what they look for. */
function questions(p, at, go) {
  const { t, say } = p;
  const groups = p.cards("questions")?.groups;
  if (!groups) return html`<p class="quiet">${t("waiting")}</p>`;
  const chosen = groups.find((group) => group.id === at.group) ?? groups[0];
  const chip = (group) => html`<button class="help-tab ${group === chosen ? "chosen" : ""}" data-questions=${group.id} aria-pressed=${group === chosen ? "true" : "false"} @click=${() => go({ group: group.id })}>${say(group.name)}</button>`;
  return html`<div class="help-tabs groups" role="group" aria-label=${t("help.tab.questions")}>${groups.map(chip)}</div>
    <ul class="question-cards" aria-live="polite">${chosen.cards.map((one) => html`<li>${say(one.text)}</li>`)}</ul>`;
}

// --- a minute of silence ---

/** A circle that breathes; no sound, and nothing happens when the minute is over. */
function silence({ t }, at, go) {
  const passed = at.since == null ? 0 : (performance.now() - at.since) / 1000;
  const over = passed >= SILENCE_SECONDS;
  return html`<section class="silence" data-silence=${over ? "over" : "runs"}>${breath({ passed: Math.min(passed, SILENCE_SECONDS), over, label: t("silence.label") })}
    <p aria-live="polite">${over ? t("silence.over") : t("silence.how")}</p>
    ${over ? html`<button class="plain" data-action="silence-again" @click=${() => go({ since: performance.now() })}>${t("silence.again")}</button>` : nothing}</section>`;
}
