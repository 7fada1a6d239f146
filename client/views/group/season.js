// "Seizoen": how far the group is on its way from guided evenings to its own, and what it says of that together. Only the group decides; Kring counts evenings, never people.
import { html, nothing } from "lit-html";
import { seasonPicture } from "../../marks/season.js";
import { choices } from "../choices.js";
import { day, evenings } from "./dates.js";
import { number, part } from "./fields.js";
import { course } from "./course.js";
import { change } from "./us.js";
import { refusal, wish } from "./wishes.js";

const MOST_DOTS = 24;
const MOST_HELD = 60;

/** The page. */
export function season(p) {
  const { t } = p;
  return html`${part("season", t("group.season"), picture(p))}
    <div class="group-columns"><div>
      ${part("alone", t("group.alone"), alone(p))}
      ${part("review", t("group.review"), reviews(p))}
      ${part("course", t("group.course"), course(p))}
    </div><div>
      ${part("ready", t("group.ready"), readiness(p))}
    </div></div>`;
}

function picture(p) {
  const { t, set, view: { group } } = p;
  const { from, until, over, held_guided: guided, held_alone: own, needed } = group.season;
  const waits = Boolean(group.facilitator); // without a facilitator nobody waits to go on alone
  const short = (text) => day(text, t.language, "medium");
  const slots = Math.min(MOST_DOTS, Math.max(evenings(from, until, group.rhythm), guided + own, needed + 1));
  const after = !waits ? "" : group.rule === "season" ? t("group.picture.after_season") : t("group.picture.after", { n: needed });
  const label = [t("group.picture.label", { from: short(from), until: short(until) }), t("group.picture.guided", { n: guided }), t("group.picture.own", { n: own }), after].join(" ").trim();
  const legend = (kind, words) => html`<li class="season-key"><svg viewBox="0 0 30 30" width="30" height="30" aria-hidden="true"><circle class="evening ${kind}" cx="15" cy="15" r="10"/></svg><span>${words}</span></li>`;
  return html`${seasonPicture({ guided: Math.min(guided, slots), own: Math.min(own, Math.max(0, slots - guided)), slots, gate: !waits ? null : group.rule === "season" ? slots : needed, label })}
    <p class="season-ends" aria-hidden="true"><span>${short(from)}</span><span>${short(until)}</span></p>
    <ul class="season-keys">${legend("guided", t("group.picture.guided", { n: guided }))}${legend("own", t("group.picture.own", { n: own }))}${waits ? html`<li class="season-key"><svg viewBox="0 0 30 30" width="30" height="30" aria-hidden="true"><path class="gate" d="M9 27V4h14l-4 5l4 5H9"/></svg><span>${after}</span></li>` : nothing}</ul>
    ${over ? html`<p class="edge">${t("group.season.over")}</p>` : nothing}
    <details class="counts"><summary>${t("group.counts")}</summary><p class="quiet">${t("group.counts.more")}</p>
      <div class="field-pair">${number(p, { id: "held_guided", legend: t("group.counts.guided"), value: guided, most: MOST_HELD, say: String, save: change(p, "held_guided") })}
      ${number(p, { id: "held_alone", legend: t("group.counts.alone"), value: own, most: MOST_HELD, say: String, save: change(p, "held_alone") })}</div></details>
    <button class="plain" data-action="new-season" @click=${() => set({ sheet: { group: "new-season" } })}>${t("group.season.new")}</button>${refusal(p, "season")}`;
}

/** Going on alone, or with somebody from outside again; always with the reason. */
function alone(p) {
  const { t, set, view: { group } } = p;
  const { guided, may_go_alone: may, why, held_guided: held, needed, all_ready: ready, return_due: due } = group.season;
  const choose = (value, done) => () => wish(p, "guidance", "ChooseGuidance", { guided: value }, { done, undo: () => wish(p, "guidance", "ChooseGuidance", { guided: !value }) });
  if (!group.facilitator) {
    return html`<p data-guided="no">${t("group.alone.now")}</p><p class="quiet" data-help>${t("group.alone.help")}</p>
      <div class="row"><button class="plain" data-action="name-facilitator" @click=${() => set({ groupPage: "us" })}>${t("group.alone.where")}</button></div>${refusal(p, "guidance")}`;
  }
  if (!guided) {
    return html`<p data-guided="no">${t("group.alone.now")}</p>${due ? html`<p class="edge" data-due="return">${t("group.return.due")}</p>` : nothing}
      <div class="row"><button class=${due ? "main" : "plain"} data-action="invite-back" @click=${() => set({ sheet: { group: "returning" } })}>${t("group.return")}</button>
      <button class="plain" data-action="guided-again" @click=${choose(true, t("group.guided.done"))}>${t("group.guided.again")}</button></div>
      <p class="quiet">${t("group.guided.more")}</p>${refusal(p, "guidance")}`;
  }
  const reason = may ? t(`group.may.${why || "meetings"}`, { n: held }) : group.rule === "season" ? t("group.not_yet.season") : t("group.not_yet.meetings", { n: Math.max(0, needed - held) });
  return html`<p data-guided="yes">${t("group.guided_by", { name: group.facilitator })}</p>
    <p data-reason=${may ? "may" : "not-yet"}>${reason}</p>
    ${may && !ready ? html`<p class="edge" data-reason="ready">${t("group.alone.look")}</p>` : nothing}
    ${may && ready ? html`<button class="main" data-action="go-alone" @click=${choose(false, t("group.alone.done"))}>${t("group.alone.go")}</button>` : nothing}${refusal(p, "guidance")}`;
}

/** What a group that leads itself can say of itself, said together. */
function readiness(p) {
  const { t, say, view: { group: { season: now } } } = p;
  const statements = p.cards("season")?.readiness ?? [];
  const said = (id) => (id in now.ready ? now.ready[id] : null);
  const yes = statements.filter(({ id }) => said(id)).length;
  return html`<p class="quiet">${t("group.ready.more")}</p>
    <p data-ready aria-live="polite">${now.all_ready ? t("group.ready.all") : t("group.ready.count", { n: yes, of: statements.length })}</p>
    ${statements.map(({ id, text, why }) => html`${choices({ legend: say(text), name: `ready-${id}`, options: [[true, t("group.yes")], [false, t("group.no")]], chosen: said(id), more: say(why),
      choose: (value) => wish(p, `ready-${id}`, "SayReady", { statement: id, yes: value }) })}${refusal(p, `ready-${id}`)}`)}`;
}

/** Twice a year a look at the group itself, every three years a fresh start; when it is time, it says so. */
function reviews(p) {
  const { t, set, view: { group: { season: now } } } = p;
  const row = (kind, due) => html`<div class="review ${due ? "due" : ""}">${due ? html`<p class="edge" data-due=${kind}>${t(`group.${kind}.due`)}</p>` : html`<p class="quiet">${t(`group.${kind}.more`)}</p>`}
    <button class=${due ? "main" : "plain"} data-action=${kind} @click=${() => set({ sheet: { group: kind } })}>${t(`group.${kind}.open`)}</button></div>`;
  return html`${row("review", now.review_due)}${row("refresh", now.refresh_due)}`;
}
