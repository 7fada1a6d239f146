// "Wat dit apparaat weet": every line of what the device remembers of the group, with the way to forget it, for how long, and the keys to it. Nothing is remembered that is not here.
import { html, nothing } from "lit-html";
import { choices } from "../choices.js";
import { day } from "./dates.js";
import { part } from "./fields.js";
import { attendance } from "./statement.js";
import { methodName } from "./us.js";
import { refusal, wish } from "./wishes.js";

const ITEMS = ["intention", "answers", "pulse", "methods", "attendance", "figures"];
const UNTIL = ["no", "next", "season", "always"];
/** Forgotten at once, for one tap writes them again; the rest is asked. */
const SIMPLE = new Set(["purpose", "place", "facilitator"]);

/** The page. */
export function kept(p) {
  const { t } = p;
  return html`<div class="group-columns"><div>
      ${part("kept", t("group.kept"), list(p))}
    </div><div>
      ${part("keeping", t("group.keeping"), keeping(p))}
      ${part("export", t("group.export"), exporting(p))}
      ${part("keys", t("group.keys"), keys(p))}
    </div></div>
    <div class="group-part">${attendance(p)}</div>`;
}

/** What a line is about, in words; of an evening with its day. */
export function lineOf({ t }, { item, on }) {
  const what = t(`group.kept.${item}`);
  return on ? t("group.kept.of", { what, day: day(on, t.language, "medium") }) : what;
}

function list(p) {
  const { t, view: { group } } = p;
  const lines = group.kept;
  return html`<p class="quiet">${t("group.kept.more")}</p>
    ${lines.length ? html`<ul class="kept-lines">${lines.map((one) => row(p, one))}</ul>` : html`<p data-kept="none">${t("group.kept.none")}</p>`}${refusal(p, "kept")}`;
}

function row(p, one) {
  const { t } = p;
  const what = lineOf(p, one);
  const id = `${one.item}-${one.key ?? ""}`;
  return html`<li data-kept=${id}><div><b>${what}</b>${one.about ? html`<span class="kept-about">${about(p, one)}</span>` : nothing}<i>${until(p, one)}</i></div>
    ${one.item === "name" ? nothing : one.item === "members"
      ? html`<button class="plain" data-action="kept-members" @click=${() => p.set({ groupPage: "us" })}>${t("group.kept.one_by_one")}</button>`
      : html`<button class="plain" data-action="forget-kept-${id}" aria-label=${t("group.forget_of", { name: what })} @click=${() => forget(p, one)}>${t("group.forget")}</button>`}</li>`;
}

/** What stands there, in words: methods by name, counts as numbers of evenings. */
function about(p, { item, about: text }) {
  const { held_guided: guided, held_alone: own } = p.view.group.season;
  if (item === "familiar" || item === "methods") return text.split(", ").map((id) => methodName(p, id)).join(", ");
  if (item === "usual") return usual(p);
  if (item === "turns") return turns(p, text);
  if (item === "ready") return p.t("group.kept.ready_about", { n: Number(text) });
  return item === "counts" ? p.t("group.kept.counts_about", { guided, own }) : text;
}

/** What the group said of where it works, how often, how long, with how many, and of who comes back. */
function usual({ t, say, view: { group }, cards }) {
  const { setting, rhythm, minutes, minimum, returns } = group;
  const field = setting ? say(cards("sectors")?.[setting]?.name) : "";
  return [field, rhythm && t("group.weeks", { n: rhythm }), minutes && t("minutes", { n: minutes }), minimum && `${t("group.minimum")} ${t("people", { n: minimum })}`, returns && `${t("group.returns")}: ${t("group.times", { n: returns })}`].filter(Boolean).join(" · ");
}

/** Both orders, each with what it is of. */
function turns({ t }, text) {
  const [lead, bring] = text.split(" · ");
  return bring ? `${t("group.turns.lead")}: ${lead} · ${t("group.turns.bring")}: ${bring}` : text;
}

function until({ t }, { item, until: end }) {
  if (item === "name") return t("group.until.group");
  if (!end) return t("group.until.always");
  return end === "next" ? t("group.until.next") : t("group.until.day", { day: day(end, t.language, "medium") });
}

/** At once, or after one question. */
function forget(p, one) {
  const { t, set, view: { group } } = p;
  if (!SIMPLE.has(one.item)) return void set({ sheet: { group: "forget-kept", kept: one } });
  const before = group[one.item];
  return void forgotten(p, one, () => wish(p, "kept", "ChangeGroup", { [one.item]: before }));
}

/** Sends it, and says what is gone. */
export function forgotten(p, one, undo = null) {
  const fields = one.key === null || one.key === undefined ? { item: one.item } : { item: one.item, key: one.key };
  return wish(p, "kept", "ForgetKept", fields, { done: p.t("group.forgotten", { what: lineOf(p, one) }), undo });
}

/** How long from now on; "not at all" forgets what is there, and is asked when there is something. */
export function keepUntil(p, from, item, end) {
  if (end === "no" && p.view.group.kept.some((one) => one.item === item)) return void p.set({ sheet: { group: "stop-keeping", item, from } });
  return wish(p, from, "ChooseKeeping", { item, until: end }, { done: p.t("group.keeping.done", { what: p.t(`group.keep.${item}`), until: p.t(`group.keep_until.${end}`) }) });
}

function keeping(p) {
  const { t, view: { group } } = p;
  return html`<p class="quiet">${t("group.keeping.more")}</p>
    ${ITEMS.map((item) => choices({ legend: t(`group.keep.${item}`), name: `keep-${item}`, options: UNTIL.map((end) => [end, t(`group.keep_until.${end}`)]), chosen: group.keep[item], choose: (end) => keepUntil(p, "keeping", item, end) }))}${refusal(p, "keeping")}`;
}

/** The one way out of this device: a stick, locked with the same passphrase. */
function exporting(p) {
  const { t, view: { group } } = p;
  const put = (stick) => wish(p, "export", "ExportGroup", { stick }, { done: t("group.exported", { stick }) });
  const on = ({ name, files }) => html`<li><button class="plain" data-action="export-${name}" @click=${() => put(name)}>${t("group.export.to", { stick: name })}</button>
    ${files.length ? html`<p class="quiet">${t("group.export.there", { list: files.join(", ") })}</p>` : nothing}</li>`;
  return html`<p class="quiet">${t("group.export.more")}</p>
    ${group.sticks.length ? html`<ul class="sticks">${group.sticks.map(on)}</ul>`
      : html`<p data-sticks="none">${t("group.export.none")}</p>`}${refusal(p, "export")}`;
}

function keys(p) {
  const { t, set } = p;
  return html`<div class="row"><button class="plain" data-action="change-secret" @click=${() => set({ sheet: { group: "secret" }, groupSaid: null })}>${t("group.secret.change")}</button>
    <button class="plain" data-action="forget-group" @click=${() => set({ sheet: { group: "forget-group" }, groupSaid: null })}>${t("group.forget_all")}</button></div>`;
}
