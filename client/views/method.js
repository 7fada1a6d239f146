// One method, told whole before it is chosen: what it asks for, where it comes from, how sure its minutes are. And the shelf of all methods, as short lines.
import { html, nothing } from "lit-html";
import { flagIcon } from "../marks/icons.js";
import { choices } from "./choices.js";
import { planStrip } from "./chooser.js";
import { dilemmas } from "./group/sector.js";
import { sheet } from "./sheet.js";

const ORDERS = { level: ["beginner", "intermediate", "advanced"], kind: ["method", "exercise", "debrief"] };

// --- all methods ---

/** The shelf: a line each, found by words, in groups. */
export function methodsSheet(p) {
  const { t, view, ui, set } = p;
  const by = ui.methodsBy ?? "level";
  const found = view.methods.filter((method) => matches(p, method, ui.methodFilter ?? ""));
  const groups = [...new Set([...ORDERS[by], ...found.map((method) => method[by])])].map((value) => [value, found.filter((method) => method[by] === value)]);
  return sheet({
    name: "methods", title: t("methods.title"), close: () => set({ sheet: null }), closeLabel: t("close"),
    content: html`<label class="field-line"><span class="legend-head">${t("methods.find")}</span>
        <input type="text" name="find" autocomplete="off" placeholder=${t("methods.find.example")} .value=${ui.methodFilter ?? ""} @input=${(event) => set({ methodFilter: event.target.value })}></label>
      ${choices({ legend: t("methods.by"), name: "methods-by", chosen: by, choose: (chosen) => set({ methodsBy: chosen }), options: [["level", t("methods.by.level")], ["kind", t("methods.by.kind")]] })}
      <p class="quiet" aria-live="polite">${found.length ? t("methods.found", { n: found.length }) : t("methods.none")}</p>
      ${groups.map(([value, some]) => (some.length ? html`<section class="shelf"><h3>${word(t, by, value)}</h3><ul>${some.map((method) => line(p, method))}</ul></section>` : nothing))}
      <p class="quiet">${t("methods.drop_in")}</p>`,
  });
}

const LEVEL = { key: (value) => `level.${value}` };
const SORT = { key: (value) => `sort.${value}` };

/** A code of the library in words; a code of a method of one's own as it stands. */
function word(t, by, value) {
  const key = (by === "level" ? LEVEL : SORT).key(value);
  return t.has(key) ? t(key) : String(value ?? "");
}

function line({ t, say, set, form }, method) {
  const open = () => set({ sheet: { method: method.id, among: true } });
  return html`<li><button class="shelf-line ${form?.method === method.id ? "chosen" : ""}" data-method=${method.id} @click=${open}>
    <b>${say(method.names)}</b><span>${t("minutes", { n: method.minutes })} · ${t("people.range", { from: method.group_min, to: method.group_max })}${method.verified === false ? html` · ${t("method.unverified.short")}` : nothing}</span></button></li>`;
}

/** Every word typed is somewhere in its names, its summary or its kinds of question. */
function matches({ t, say }, method, typed) {
  const kinds = (method.case_types ?? []).map((kind) => t(`case_type.${kind}`));
  const text = [...Object.values(method.names), say(method.summary), method.origin ?? "", ...kinds].join(" ").toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((part) => text.includes(part));
}

// --- one method ---

/** Its details; choosing happens at the end. */
export function methodSheet(p, choose) {
  const { t, say, view, ui, set } = p;
  const method = view.methods.find((one) => one.id === ui.sheet.method);
  const close = () => set({ sheet: ui.sheet.among ? "methods" : null });
  if (!method) return nothing;
  return sheet({
    name: "method", title: say(method.names), close, closeLabel: t("close"),
    content: html`<p class="sheet-text">${say(method.summary)}</p>
      ${notes(p, method)} ${facts(p, method)} ${phases(p, method)}
      ${dilemmas(p, method)} ${part(t("method.not_for"), say(method.not_for))} ${part(t("method.preparation"), say(method.preparation))} ${part(t("method.materials"), say(method.materials))}
      ${method.pitfalls?.length ? html`<section class="about"><h3>${t("method.pitfalls")}</h3><ul>${method.pitfalls.map((pitfall) => html`<li>${say(pitfall)}</li>`)}</ul></section>` : nothing}
      ${origin(p, method)}
      <div class="row method-foot"><button class="main grow" data-action="choose-method" @click=${() => choose(method)}>${t("method.choose")}</button>
        <button class="plain" data-action="not-yet" @click=${close}>${ui.sheet.among ? t("method.back") : t("close")}</button></div>`,
  });
}

const part = (title, text) => (text ? html`<section class="about"><h3>${title}</h3><p>${text}</p></section>` : nothing);

/** What a group must know before it chooses: trust it takes, and what nobody checked. */
function notes({ t }, method) {
  const note = (name, text) => html`<p class="warning" data-note=${name}>${flagIcon()}<span>${text}</span></p>`;
  return html`${method.verified === false ? note("unverified", t("method.unverified")) : nothing}
    ${method.trust === "high" ? note("trust", t("method.trust")) : nothing}${method.form === "content" ? note("content", t("method.content")) : nothing}`;
}

function facts({ t }, method) {
  const minutes = method.minutes_min && method.minutes_max > method.minutes_min ? t("method.minutes", { from: method.minutes_min, to: method.minutes_max, n: method.minutes }) : t("minutes", { n: method.minutes });
  const kinds = (method.case_types ?? []).filter((kind) => t.has(`case_type.${kind}`)).map((kind) => t(`case_type.${kind}`)).join(", ");
  const fact = (label, text) => (text ? html`<div><dt>${label}</dt><dd>${text}</dd></div>` : nothing);
  return html`<dl class="method-list">${fact(t("method.time"), minutes)}${fact(t("method.group"), t("people.range", { from: method.group_min, to: method.group_max }))}
    ${fact(t("method.level"), word(t, "level", method.level))}${fact(t("method.kinds"), kinds)}</dl>`;
}

/** The phases with their minutes, and how sure those are. */
function phases(p, method) {
  const { t, say } = p;
  const row = (phase, n) => html`<li><b>${n + 1}</b><span>${say(phase.name)}</span><span class="tabular">${t("minutes.short", { n: phase.minutes })}</span>
    ${phase.basis ? html`<i>${t(`basis.${phase.basis}`)}</i>` : nothing}</li>`;
  return html`<section class="about"><h3>${t("method.phases")}</h3>${planStrip(p, method, null)}<ol class="phase-list">${method.phases.map(row)}</ol></section>`;
}

/** From whom it is, what we read, and under which terms these texts may be used. */
function origin({ t }, method) {
  const sources = method.sources ?? [];
  if (!method.origin && !sources.length) return nothing;
  return html`<section class="about"><h3>${t("method.origin")}</h3><p lang="en">${method.origin}</p>
    ${sources.length ? html`<details><summary>${t("method.sources", { n: sources.length })}</summary><ul>${sources.map((source) => html`<li lang="en">${source.ref}${source.gives ? html` <span class="quiet">${source.gives}</span>` : nothing}</li>`)}</ul></details>` : nothing}
    ${method.licence ? html`<p class="quiet" data-licence>${t("method.licence")} <span lang="en">${method.licence}</span></p>` : nothing}</section>`;
}
