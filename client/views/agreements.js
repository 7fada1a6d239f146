// What the group agrees for next time: when, where, who leads, how, and what to come back to. Nothing is proposed but whose turn it is to lead.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { short } from "../marks/circle.js";
import { hold, typed } from "../drafts.js";
import { nameOf } from "./chair.js";
import { LONGEST } from "./writing.js";

/** In the order in which a group speaks of them. */
const ABOUT = ["date", "place", "lead", "method", "look_back", "different"];

/** The next seat round the table after who led today; null when nobody did. */
export function nextLead({ people, seats = [] }) {
  const today = people.findIndex((one) => one.role === "facilitator");
  if (today < 0) return null;
  const left = new Set(seats.filter((seat) => seat.voice === "left").map((seat) => seat.letter));
  const round = [...people.slice(today + 1), ...people.slice(0, today)];
  return round.find((one) => !left.has(one.letter))?.letter ?? null;
}

/** What was agreed, as a list; dates in the words of the screen's language. */
export function agreementsList({ view, t }) {
  const agreed = view.next_time ?? {};
  const written = ABOUT.filter((about) => agreed[about]);
  if (!written.length) return html`<p class="quiet" data-agreed="none">${t("agreements.none")}</p>`;
  return html`<dl class="agreed">${written.map((about) => html`<div data-agreed=${about}><dt>${t(`agree.${about}`)}</dt><dd>${about === "date" ? day(agreed.date, t.language) : agreed[about]}</dd></div>`)}</dl>`;
}

function day(text, language) {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00`) : null;
  return date && !Number.isNaN(date.valueOf()) ? new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(date) : text;
}

/** The third step: what is agreed is sent as soon as a field is left. */
export function agreements(p) {
  const { view, t } = p;
  return html`<div class="agreements-form" data-agreements>
    <div class="agree-fields">
      ${field(p, "date", html`<input type="date" id="agree-date" data-agree="date" .value=${live(value(p, "date"))} @input=${typing("date")} @change=${left(p, "date")}>`)}
      ${field(p, "place", line(p, "place"))}
      ${lead(p)}${method(p)}${lookBack(p)}
      ${field(p, "different", line(p, "different"))}
    </div>
    <section class="agree-list" aria-live="polite"><h3>${t("agreements.title")}</h3>${agreementsList({ view, t })}</section>
  </div>`;
}

/** The question of the cards, or our own words until they are here. */
function asked(p, about) {
  const card = p.cards("evaluation")?.agreements.find((one) => one.id === about);
  return card ? p.say(card.text) : p.t(`agree.${about}`);
}

function field(p, about, input) {
  return html`<div class="agree-field"><label for="agree-${about}">${asked(p, about)}</label>${input}</div>`;
}

function line(p, about) {
  return html`<input type="text" id="agree-${about}" data-agree=${about} maxlength=${LONGEST} autocomplete="off" .value=${live(value(p, about))}
    @input=${typing(about)} @change=${left(p, about)}>`;
}

function lead(p) {
  const { view, t } = p;
  const next = nextLead(view);
  const options = view.people.map((one) => ({ value: nameOf(one, t), label: html`<span class="chip seat-${one.letter}" aria-hidden="true">${one.letter}</span><span>${short(nameOf(one, t))}${one.letter === next ? html`<i>${t("agree.turn")}</i>` : nothing}</span>` }));
  return choices(p, "lead", options);
}

function method(p) {
  const { view, t, say } = p;
  const same = say(view.method.names);
  const now = typed(kept("method")) ?? view.next_time?.method;
  const other = now !== undefined && now !== same;
  const open = () => {
    hold(kept("method"), "");
    p.set({});
  };
  return html`<fieldset class="agree-field"><legend>${asked(p, "method")}</legend><div class="row">
    ${option("method", same, html`<span>${t("agree.keep", { name: same })}</span>`, now === same, () => write(p, "method", same))}
    ${option("method", "other", html`<span>${t("agree.switch")}</span>`, other, open)}</div>
    ${other ? html`<label class="agree-other"><span>${t("agree.which")}</span>${line(p, "method")}</label>` : nothing}</fieldset>`;
}

/** Any case of today, or none. */
function lookBack(p) {
  const { view, t } = p;
  const cases = [...(view.case?.earlier ?? []), ...(view.case ? [view.case] : [])].sort((a, b) => a.number - b.number).filter((one) => one.owner || one.question);
  if (!cases.length) return field(p, "look_back", line(p, "look_back"));
  const options = cases.map(({ number, owner, question }) => {
    const who = view.people.find((one) => one.letter === owner);
    const words = question || t("summary.case_of", { n: number, name: who ? nameOf(who, t) : owner });
    return { value: words, label: html`${owner ? html`<span class="chip seat-${owner}" aria-hidden="true">${owner}</span>` : nothing}<span>${words}</span>` };
  });
  return choices(p, "look_back", options);
}

function choices(p, about, options) {
  const chosen = value(p, about);
  return html`<fieldset class="agree-field"><legend>${asked(p, about)}</legend><div class="row">${options.map(({ value: text, label }) => option(about, text, label, chosen === text, () => write(p, about, text)))}</div></fieldset>`;
}

function option(about, text, label, chosen, choose) {
  return html`<label class="choice agree-choice ${chosen ? "chosen" : ""}"><input type="radio" name="agree-${about}" data-agree=${about} value=${text} .checked=${live(chosen)} @change=${choose}>${label}</label>`;
}

// --- what is typed and not yet sent ---

const kept = (about) => `agree.${about}`;
const typing = (about) => (event) => hold(kept(about), event.target.value);
/** A field that goes away with its meeting is left too, as browsers see it; its draft is gone by then and nothing of it is sent. */
const left = (p, about) => (event) => typed(kept(about)) !== undefined && write(p, about, event.target.value);

/** What was typed last, until the table has it. An emptied method stays open: another one is being thought of. */
function value(p, about) {
  const [said, agreed] = [typed(kept(about)), p.view.next_time?.[about]];
  if (said !== undefined && said === (about === "method" ? agreed : (agreed ?? ""))) hold(kept(about), undefined);
  return said ?? agreed ?? "";
}

/** A field that was emptied takes back what was agreed. */
async function write(p, about, text) {
  const said = text.trim().split(/\s+/).join(" ");
  if (said === (p.view.next_time?.[about] ?? "")) return hold(kept(about), undefined);
  hold(kept(about), said);
  if (!(await p.send("WriteNote", { kind: "agreement", about, text: said }))) p.set({});
}
