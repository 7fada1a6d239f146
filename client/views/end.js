// The end: look together, then erase, or keep what is ticked. Erasing comes first and feels finished.
import { html, nothing } from "lit-html";
import { sign } from "../marks/sign.js";
import { agreementsList } from "./agreements.js";
import { balanceOff, isOff } from "./balance.js";
import { choices } from "./choices.js";
import { day } from "./group/dates.js";
import { groupNeeded } from "./group/door.js";
import { anyTicked, keepingGroup } from "./group/ending.js";
import { firstForm, startPage } from "./start.js";
import { moreButton, moreSheets } from "./moretools.js";
import { downloads, paper } from "./paper.js";
import { question } from "./sheet.js";
import { summary } from "./summary.js";

const SEASON = "123";
const DAYS = ["31", SEASON, "366"];

/** The closed meeting. */
export function closedPage(p) {
  const { t, view, send } = p;
  return html`<main class="summary-page" data-stage="closed" data-summary="closed">
    <header class="page-head"><h1>${t("summary.title")}</h1><div class="corner">${moreButton(p)}</div></header>
    ${view.summary ? summary(p) : isOff(view) ? balanceOff(p) : nothing}
    ${Object.keys(view.next_time ?? {}).length ? html`<section class="agreed-for"><h2>${t("agreements.title")}</h2>${agreementsList(p)}</section>` : nothing}
    ${view.summary ? downloads(p) : nothing}
    ${ending(p)}
    ${paper(p)}
    ${moreSheets(p)}
    ${p.ui.sheet === "erase"
      ? question(p, { name: "erase", title: t("erase.title"), text: ofGroup(view) && anyTicked(p, ownOf(p)) ? t("erase.text_ticked") : t("erase.text"), yes: t("erase.yes"), action: "confirm-erase", act: () => send("EraseMeeting") }) : nothing}
  </main>`;
}

/** Erasing is what happens by itself; keeping takes a choice, item by item. After practising there is nothing to choose. */
function ending(p) {
  const { t, view, set, send } = p;
  if (view.rehearsal) {
    return html`<section class="ending" data-practised><div class="ending-erase"><h2>${t("rehearse.over")}</h2>
      <button class="main" data-action="rehearsed" @click=${() => send("EndRehearsal")}>${t("rehearse.ready")}</button></div></section>`;
  }
  return html`${view.needs_group ? groupNeeded(p) : nothing}<section class="ending"><div class="ending-erase"><h2>${t("ending.title")}</h2><p class="quiet">${ofGroup(view) ? t("ending.text_group") : t("ending.text")}</p>
      ${view.erases_in == null ? nothing : html`<p class="quiet" data-erases-in=${view.erases_in}>${t("ending.by_itself", { n: view.erases_in })}</p>`}
      <button class="main" data-action="erase" @click=${() => set({ sheet: "erase" })}>${t("erase.button")}</button></div>
    ${view.needs_group ? nothing : ofGroup(view) ? keepingGroup(p, ownOf(p)) : keeping(p)}</section>`;
}

/** Whether the open group is the one that sat at this table. */
const ofGroup = ({ group }) => Boolean(group) && group.ours !== false;

/** The things of tonight that were written down, [{name, text}]. */
const ownOf = (p) => keepable(p.view).map((name) => ({ name, text: excerpt(p, name) }));

function keeping(p) {
  const { t, view, set, send, ui } = p;
  const days = ui.keep?.days ?? SEASON;
  const ticked = keepable(view).filter((item) => ui.keep?.[item]);
  const keep = async () => {
    if (!(await send("KeepMeeting", { items: ticked, days: Number(days) }))) return;
    set({ notice: t("keep.done"), keep: null });
  };
  const item = (name) => html`<li><label class="choice keep-item ${ui.keep?.[name] ? "chosen" : ""}"><input type="checkbox" data-keep=${name} .checked=${Boolean(ui.keep?.[name])}
    @change=${(event) => set({ keep: { ...ui.keep, [name]: event.target.checked } })}><span class="tick" aria-hidden="true">${ui.keep?.[name] ? "✓" : ""}</span><span>${t(`keep.${name}`)}<i>${excerpt(p, name)}</i></span></label></li>`;
  return html`<div class="ending-keep"><h3>${t("keep.title")}</h3>
    <ul class="keep-items"><li class="keep-always"><span class="tick" aria-hidden="true">✓</span><span>${t("keep.numbers")}<i>${t("keep.numbers.more")}</i></span></li>${keepable(view).map(item)}</ul>
    <p class="quiet">${t("keep.rest")}</p>
    ${choices({ legend: t("keep.days"), name: "days", options: DAYS.map((n) => [n, t(`keep.days.${n}`)]), chosen: days, choose: (n) => set({ keep: { ...ui.keep, days: n } }), more: t(`keep.days.${days}.more`) })}
    <button class="plain" data-action="keep" @click=${keep}>${t("keep.button")}</button></div>`;
}

/** What there is to keep beside the numbers. */
function keepable({ case: it, next_time: agreed = {} }) {
  const has = { question: Boolean(it?.question || it?.restated), intention: Boolean(it?.intention?.text), agreements: Object.keys(agreed).length > 0 };
  return ["question", "intention", "agreements"].filter((name) => has[name]);
}

function excerpt({ view: { case: it, next_time: agreed }, t }, name) {
  if (name === "question") return it.restated || it.question;
  if (name === "intention") return it.intention.text;
  const { date, place, lead, different } = agreed;
  return [day(date, t.language), place, lead && t("group.leads", { name: lead }), different].filter(Boolean).join(" · ");
}

/** Everything is gone; a new meeting may begin. */
export function erasedPage(p) {
  const { t, view, ui, set } = p;
  if (ui.form && view.methods?.length) return startPage(p);
  return html`<main class="quiet-page erased" data-stage="erased">${sign()}<h1>${t("erased.title")}</h1><p>${t("erased.text")}</p>
    ${view.methods?.length ? html`<button class="main" data-action="new-meeting" @click=${() => set({ form: firstForm(p) })}>${t("erased.new")}</button>` : nothing}</main>`;
}
