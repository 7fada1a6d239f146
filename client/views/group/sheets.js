// The sheets over the group's pages: questions to talk through, and what is asked once before it goes. What is said over them is kept nowhere.
import { html, nothing } from "lit-html";
import { question, sheet } from "../sheet.js";
import { copying } from "./copying.js";
import { changeSecretSheet, forgetGroupSheet, forgetKeptQuestion, stopKeepingQuestion } from "./keptsheets.js";
import { forgetMember, renameSheet } from "./members.js";
import { cardSheet, forgetTheme } from "./themes.js";
import { refusal, wish } from "./wishes.js";

const SHEETS = {
  rename: renameSheet, "forget-member": forgetMember, "new-season": newSeason, returning,
  review: talk("review", "HoldReview"), refresh: talk("refresh", "HoldRefresh"),
  "forget-kept": forgetKeptQuestion, "stop-keeping": stopKeepingQuestion, secret: changeSecretSheet, "forget-group": forgetGroupSheet, card: cardSheet, "forget-theme": forgetTheme,
};

/** The sheet that is open, or nothing. */
export const groupSheet = (p) => SHEETS[p.ui.sheet.group]?.(p) ?? nothing;

const close = (p) => () => p.set({ sheet: null, groupSaid: null });

/** The questions of a card, to be talked through one by one. */
function questions(p, about) {
  const card = p.cards("season")?.[about];
  return html`${card?.how ? html`<p class="sheet-text">${p.say(card.how)}</p>` : nothing}
    <ol class="agreements few">${(card?.questions ?? []).map(({ text }) => html`<li>${p.say(text)}</li>`)}</ol>`;
}

/** Talking something through, and saying that it was done. */
function talk(about, name) {
  return (p) => {
    const { t } = p;
    const held = () => wish(p, about, name, {}, { patch: { sheet: null }, done: t("group.talked") });
    return sheet({
      name: about, title: t(`group.${about}.open`), close: close(p), closeLabel: t("close"),
      content: html`${questions(p, about)}${refusal(p, about)}<button class="main wide" data-action="held-${about}" @click=${held}>${t("group.talked.yes")}</button>`,
    });
  };
}

/** Inviting who guided them before: what to ask, and a text to send by the group's own means. */
function returning(p) {
  const { t, view: { group } } = p;
  const again = () => wish(p, "returning", "ChooseGuidance", { guided: true }, { patch: { sheet: null }, done: t("group.guided.done"), undo: () => wish(p, "guidance", "ChooseGuidance", { guided: false }) });
  const told = group.season.come_back;
  const letter = told ? `${told.subject}\n\n${told.text}` : t("group.return.letter", { facilitator: group.facilitator || "…", name: group.name });
  return sheet({
    name: "returning", title: t("group.return"), close: close(p), closeLabel: t("close"),
    content: html`${questions(p, "returning")}
      ${copying(p, { id: "return", label: t("group.return.letter.title"), shown: true, text: letter })}
      ${refusal(p, "returning")}<div class="row"><button class="plain" data-action="returning-guided" @click=${again}>${t("group.guided.again")}</button></div>`,
  });
}

/** Asked once: what was kept for the season goes with it. */
function newSeason(p) {
  const { t } = p;
  return question(p, { name: "new-season", title: t("group.season.new.title"), text: t("group.season.new.text"), yes: t("group.season.new.yes"), action: "confirm-new-season",
    act: () => wish(p, "season", "BeginSeason", {}, { done: t("group.season.begun") }) });
}
