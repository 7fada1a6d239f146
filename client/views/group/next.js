// "Volgende keer": when, where, how, and an invitation to copy. Kring proposes a day by the group's own rhythm; the group decides, and nothing is sent to anybody.
import { html, nothing } from "lit-html";
import { day, lastEvening, suggested, today } from "./dates.js";
import { guideOf } from "./evening.js";
import { line, part, pick, toggle } from "./fields.js";
import { copying } from "./copying.js";
import { turns } from "./turns.js";
import { methodsOf } from "./us.js";
import { wish } from "./wishes.js";

const MOST_TRIES = 4;

/** The page. */
export function next(p) {
  const { t, view: { group } } = p;
  return html`<div class="group-columns"><div>
      ${part("when", t("group.when"), when(p))}
      ${part("who", t("group.who"), who(p))}
    </div><div>
      ${part("how", t("group.how"), how(p))}
      ${part("invitation", t("group.invitation"), invitation(p, group.next))}
    </div></div>`;
}

const plan = (p, field) => (value) => wish(p, `next-${field}`, "PlanNext", { [field]: value });

function when(p) {
  const { t, view: { group } } = p;
  const { on, at, place } = group.next;
  const idea = on ? null : suggested(lastEvening(group), group.rhythm, today());
  const propose = () => wish(p, "next-on", "PlanNext", { on: idea }, { done: t("group.planned", { day: day(idea, t.language) }), undo: () => plan(p, "on")("") });
  return html`${on ? html`<p class="lead" data-day>${day(on, t.language)}</p>` : nothing}
    ${idea ? html`<button class="plain" data-action="suggested-day" @click=${propose}>${t("group.suggested", { day: day(idea, t.language) })}</button>` : nothing}
    <div class="field-pair">${line(p, { id: "next-on", label: t("group.date"), type: "date", text: on ?? "", good: whole, save: plan(p, "on") })}
      ${line(p, { id: "next-at", label: t("group.at"), type: "time", text: at, save: plan(p, "at") })}</div>
    ${line(p, { id: "next-place", label: t("group.place"), text: place, place: group.place, save: plan(p, "place") })}`;
}

/** A year that is still being typed is no year. */
const whole = (text) => text === "" || text >= "2000";

function how(p) {
  const { t, say, view: { group } } = p;
  const { method, different, theme } = group.next;
  const tries = (p.cards("season")?.try ?? []).slice(0, MOST_TRIES).map((one) => say(one.text));
  const idea = (text) => toggle({ on: text === different, name: "try", value: text.slice(0, 24), label: text,
    act: () => wish(p, "next-different", "PlanNext", { different: text === different ? "" : text }, { done: t("group.trying"), undo: () => plan(p, "different")(different) }) });
  const open = group.themes.filter((one) => !one.done || one.key === theme);
  return html`${pick(p, { id: "next-method", label: t("group.next.method"), value: method, options: methodsOf(p, ["", t("group.next.usual")]), save: plan(p, "method") })}
    ${group.form === "content" && open.length ? pick(p, { id: "next-theme", label: t("group.next.theme"), value: theme ?? 0, options: [[0, t("group.next.no_theme")], ...open.map((one) => [one.key, one.title])], save: (key) => plan(p, "theme")(Number(key)) }) : nothing}
    ${line(p, { id: "next-different", label: t("group.try"), text: different, most: 200, save: plan(p, "different") })}
    ${tries.length ? html`<div class="row" role="group" aria-label=${t("group.try.ideas")}>${tries.map(idea)}</div>` : nothing}`;
}

function who(p) {
  const { t, view: { group } } = p;
  const { away, lead, bring } = group.next;
  if (!group.members.length) return html`<p class="quiet">${t("group.members.none")}</p>`;
  const guide = guideOf(group);
  const leader = guide || named(group, lead);
  return html`<fieldset><legend>${t("group.away")}</legend><div class="row">${group.members.map((one) => toggle({ on: away.includes(one.key), name: "away", value: one.key, label: one.name,
      act: () => wish(p, "away", "SayAway", { member: one.key, away: !away.includes(one.key) }) }))}</div></fieldset>
    ${turns(p, "lead", leader ? t("group.leads", { name: leader }) : "", guide ? t("group.turn.guided") : "")}
    ${turns(p, "bring", bring ? t(leadsAndWaits(group) ? "group.brings.instead" : "group.brings", { name: named(group, bring), leader }) : "")}`;
}

/** Whether whoever was to bring something leads, so that another brings. */
function leadsAndWaits(group) {
  const { away, lead, bring } = group.next;
  const first = group.bring.find((key) => !away.includes(key));
  return !guideOf(group) && first === lead && first !== bring;
}

const named = ({ members }, key) => members.find((one) => one.key === key)?.name ?? "";

function invitation(p, { invitation: told, on }) {
  const { t } = p;
  if (!told) return html`<p class="quiet">${t("group.invitation.none")}</p>`;
  return html`<p class="quiet">${t("group.invitation.more")}</p>
    ${copying(p, { id: "invitation", label: t("group.invitation"), text: `${told.subject}\n\n${told.text}` })}
    ${on ? html`<a class="plain link-button" href="/next.ics" download data-action="calendar">${t("group.calendar")}</a>` : nothing}`;
}
