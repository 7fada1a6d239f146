// "Wij": what the group is for, where and how often, who belongs to it, what it agreed for itself, who guides from outside. Nobody is described here.
import { html, nothing } from "lit-html";
import { LANGUAGES, LANGUAGE_NAMES } from "../../words.js";
import { choices } from "../choices.js";
import { line, number, part, pick } from "./fields.js";
import { members } from "./members.js";
import { ownAgreements } from "./ownagreements.js";
import { wish } from "./wishes.js";

const SETTINGS = ["education", "care", "business", "nonprofit", "justice", ""];
const MOST_NAME = 40;
const MOST_WEEKS = 26;
const MOST_PEOPLE = 8;
const MINUTES = { least: 30, most: 240, step: 15 };

/** The page. */
export function us(p) {
  const { t } = p;
  return html`<div class="group-columns"><div>
      ${part("about", t("group.about"), about(p))}
      ${part("rhythm", t("group.rhythm.title"), rhythm(p))}
    </div><div>
      ${part("members", t("group.members"), members(p))}
      ${part("agreements", t("group.agreements"), ownAgreements(p))}
      ${part("guiding", t("group.guiding"), guiding(p))}
    </div></div>`;
}

/** Changes one thing about the group, from the field of that name. */
export const change = (p, field, done = "") => (value) => wish(p, field, "ChangeGroup", { [field]: value }, { done });

function about(p) {
  const { t, say, view: { group } } = p;
  const sectors = p.cards("sectors");
  const settings = SETTINGS.filter((id) => !id || sectors?.[id]);
  return html`${line(p, { id: "name", label: t("group.name"), text: group.name, most: MOST_NAME, needed: true, save: change(p, "name") })}
    ${line(p, { id: "purpose", label: t("group.purpose"), text: group.purpose, most: 400, rows: 2, place: t("group.purpose.example"), save: change(p, "purpose") })}
    ${line(p, { id: "place", label: t("group.place"), text: group.place, place: t("group.place.example"), save: change(p, "place") })}
    ${choices({ legend: t("group.setting"), name: "group-setting", options: settings.map((id) => [id, id ? say(sectors[id].name) : t("group.setting.none")]), chosen: group.setting, choose: change(p, "setting"), more: t("group.setting.more") })}
    ${choices({ legend: t("group.language"), name: "group-language", options: LANGUAGES.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: group.language, choose: change(p, "language") })}`;
}

function rhythm(p) {
  const { t, view: { group } } = p;
  return html`${number(p, { id: "rhythm", legend: t("group.rhythm"), value: group.rhythm, most: MOST_WEEKS, say: (n) => (n ? t("group.weeks", { n }) : t("group.not_said")), save: change(p, "rhythm") })}
    ${number(p, { id: "minutes", legend: t("group.minutes"), value: group.minutes, ...MINUTES, say: (n) => t("minutes", { n }), save: change(p, "minutes") })}
    ${number(p, { id: "minimum", legend: t("group.minimum"), value: group.minimum, most: MOST_PEOPLE, say: (n) => (n ? t("people", { n }) : t("group.not_said")), save: change(p, "minimum"), more: t("group.minimum.more") })}
    ${pick(p, { id: "method", label: t("group.method"), value: group.method, options: methodsOf(p), save: change(p, "method"), more: t("group.method.more") })}`;
}

/** The methods of the device by name, the one of the group always among them. */
export function methodsOf({ say, view }, first = null) {
  const known = (view.methods ?? []).map((one) => [one.id, say(one.names)]);
  const { method } = view.group;
  const own = !method || known.some(([id]) => id === method) ? [] : [[method, method]];
  return [...(first ? [first] : []), ...own, ...known];
}

/** A method by its name, or by its id where the device has it no more. */
export const methodName = ({ say, view }, id) => say((view.methods ?? []).find((one) => one.id === id)?.names) || id;

function guiding(p) {
  const { t, view: { group } } = p;
  return html`${line(p, { id: "facilitator", label: t("group.facilitator"), text: group.facilitator, most: MOST_NAME, save: change(p, "facilitator"), more: t("group.facilitator.more") })}
    ${choices({ legend: t("group.form"), name: "group-form", options: ["process", "content"].map((one) => [one, t(`group.form.${one}`)]), chosen: group.form, choose: change(p, "form"), more: t(`group.form.${group.form}.more`) })}
    ${group.facilitator ? html`${choices({ legend: t("group.rule"), name: "group-rule", options: ["meetings", "season"].map((one) => [one, t(`group.rule.${one}`)]), chosen: group.rule, choose: change(p, "rule") })}
    ${number(p, { id: "returns", legend: t("group.returns"), value: group.returns, most: 12, say: (n) => (n ? t("group.times", { n }) : t("group.never")), save: change(p, "returns") })}` : nothing}`;
}
