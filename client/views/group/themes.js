// Themes a group with a trainer chose beforehand, and what there is to read about each. Only of a group that works on content.
import { html, nothing } from "lit-html";
import { question, sheet } from "../sheet.js";
import { adding, line, toggle } from "./fields.js";
import { hold, typed } from "./held.js";
import { refusal, wish } from "./wishes.js";

const MOST_TITLE = 120;
const MOST_TEXT = 2000;

/** The themes, each with its reading cards; examples while there are few. */
export function themes(p) {
  const { t, say, view: { group } } = p;
  const add = (title) => wish(p, "theme", "WriteTheme", { title }, { done: t("group.theme.added", { title }) });
  const there = new Set(group.themes.map(({ title }) => title));
  const examples = (p.cards("season")?.themes ?? []).map(({ text }) => say(text)).filter((text) => !there.has(text));
  return html`<p class="quiet">${t("group.themes.more")}</p>
    ${group.themes.map((theme) => one(p, theme))}
    ${adding(p, { id: "theme", label: t("group.theme.add"), button: t("group.add"), most: MOST_TITLE, save: add })}
    ${examples.length ? html`<details><summary>${t("group.theme.examples")}</summary><div class="row">${examples.map((text) => html`<button class="plain" data-theme-idea @click=${() => add(text)}>${text}</button>`)}</div></details>` : nothing}`;
}

function one(p, { key, title, done, cards }) {
  const { t, set } = p;
  const write = (patch, rest) => wish(p, `theme-${key}`, "WriteTheme", { title, theme: key, done, ...patch }, rest);
  const open = (card) => () => set({ sheet: { group: "card", theme: key, card }, groupSaid: null });
  return html`<div class="theme" data-theme=${key}>
    ${line(p, { id: `theme-${key}`, label: t("group.theme.title"), text: title, bare: true, needed: true, most: MOST_TITLE, save: (said) => write({ title: said }) })}
    <div class="row">${toggle({ on: done, label: t("group.theme.done"), name: "theme-done", value: key, act: () => write({ done: !done }) })}
      <button class="plain" data-action="add-card-${key}" aria-label=${t("group.card.add_to", { title })} @click=${open(null)}>${t("group.card.add")}</button>
      <button class="plain" data-action="forget-theme-${key}" aria-label=${t("group.forget_of", { name: title })} @click=${() => set({ sheet: { group: "forget-theme", theme: key } })}>${t("group.forget")}</button></div>
    ${cards.length ? html`<ul class="reading">${cards.map((card) => html`<li><details data-card=${card.key}><summary>${card.title}</summary><p class="reading-text">${card.text}</p>
      <button class="plain" data-action="edit-card-${card.key}" @click=${open(card.key)}>${t("group.card.edit")}</button></details></li>`)}</ul>` : nothing}</div>`;
}

/** A reading card is written as a whole, then kept with one button. */
export function cardSheet(p) {
  const { t, ui, set, view: { group } } = p;
  const theme = group.themes.find(({ key }) => key === ui.sheet.theme);
  if (!theme) return nothing;
  const card = theme.cards.find(({ key }) => key === ui.sheet.card) ?? { key: null, title: "", text: "" };
  const of = card.key ?? `new-${theme.key}`;
  const [title, text] = [`card-title-${of}`, `card-text-${of}`];
  const close = () => set({ sheet: null, groupSaid: null }); // what was typed waits for the next time
  const over = () => {
    for (const id of [title, text]) hold(id, undefined);
    close();
  };
  const wrote = (words, done) => wish(p, "card", "WriteReadingCard", { theme: theme.key, ...words, ...(card.key ? { card: card.key } : {}) }, { done, ...(words.title || words.text ? {} : { undo: () => wish(p, "card", "WriteReadingCard", { theme: theme.key, title: card.title, text: card.text }) }) });
  const keep = async (event) => {
    event.preventDefault();
    const words = { title: (typed(title) ?? card.title).trim(), text: (typed(text) ?? card.text).trim() };
    if (words.title && (await wrote(words, t("group.card.kept")))) over();
  };
  const drop = async () => {
    if (await wrote({ title: "", text: "" }, t("group.card.gone"))) over();
  };
  const nowhere = async () => false; // it goes out as a whole
  return sheet({
    name: "card", title: t("group.card.title", { title: theme.title }), close, closeLabel: t("close"),
    content: html`<form class="group-form" @submit=${keep}><p class="quiet">${p.say(p.cards("season")?.reading?.how)}</p>
      ${line(p, { id: title, label: t("group.card.name"), text: card.title, most: MOST_TITLE, save: nowhere })}
      ${line(p, { id: text, label: t("group.card.text"), text: card.text, rows: 8, most: MOST_TEXT, save: nowhere })}${refusal(p, "card")}
      <div class="row"><button class="main grow" type="submit" data-action="keep-card">${t("write.keep")}</button>
        ${card.key ? html`<button class="plain" type="button" data-action="drop-card" @click=${drop}>${t("group.card.drop")}</button>` : nothing}</div></form>`,
  });
}

/** Asked once: its reading cards go with it. */
export function forgetTheme(p) {
  const { t, ui, view: { group } } = p;
  const theme = group.themes.find(({ key }) => key === ui.sheet.theme);
  if (!theme) return nothing;
  return question(p, { name: "forget-theme", title: t("group.theme.forget", { title: theme.title }), text: t("group.theme.forget.text"), yes: t("group.forget.yes"), action: "confirm-forget-theme",
    act: () => wish(p, "theme", "WriteTheme", { title: "", theme: theme.key }, { done: t("group.theme.gone") }) });
}
