// An evening of an open group, before it begins: one tap says who is there, and chairs and lead follow. What the group agreed is a first value; people decide.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { LETTERS } from "../../marks/patterns.js";
import { numbersSaid } from "../chairs.js";
import { methodOf } from "../form.js";
import { chairsToday, guideOf, idOf } from "./evening.js";

/** Who is there: members by a tick, whoever guides from outside, guests by name. */
export function whoIsHere(p, form, change) {
  const { t, view: { group } } = p;
  const today = chairsToday(group, form);
  const letterOf = (id) => LETTERS[today.findIndex((chair) => chair.id === id)] ?? null;
  const guest = (n, name) => change({ guests: form.guests.map((old, i) => (i === n ? name : old)) });
  const without = (n) => change({ guests: form.guests.filter((_, i) => i !== n), ...(form.leads?.startsWith("guest") ? { leads: null } : {}) });
  const row = (id, content, more = nothing) => html`<li data-chair=${id}>${chip(letterOf(id))}${content}<div class="row">${letterOf(id) ? leads(p, form, change, letterOf(id), id) : nothing}${more}</div></li>`;
  return html`<fieldset class="today" data-today><legend>${t("evening.today")}</legend>
    <output class="today-count" aria-live="polite">${t("people", { n: today.length })}</output>
    ${fewer(p, today.length)}<div aria-live="polite">${numbersSaid(p, form)}</div>
    <ol class="chairs">
      ${guideOf(group) ? row("guide", tick(p, { name: guideOf(group), more: t("evening.guide"), here: !form.unguided, say: (here) => change({ unguided: !here }) })) : nothing}
      ${group.members.map(({ key, name }) => row(idOf(key), tick(p, { name, ...member(p, key) })))}
      ${form.guests.map((name, n) => row(`guest${n}`, html`<input type="text" maxlength="40" autocomplete="off" data-guest=${n} placeholder=${t("start.name")} aria-label=${t("evening.guest_name", { n: n + 1 })} .value=${live(name)} @input=${(event) => guest(n, event.target.value)}>`,
        html`<button class="plain round" data-action="drop-guest-${n}" aria-label=${t("evening.guest_remove", { n: n + 1 })} @click=${() => without(n)}>✕</button>`))}
    </ol>
    <div class="row today-more"><button class="plain" data-action="add-guest" ?disabled=${today.length >= LETTERS.length} @click=${() => change({ guests: [...form.guests, ""] })}>${t("evening.guest_add")}</button>
      <p class="quiet">${t("evening.guest_more")}</p></div></fieldset>`;
}

/** A tick stands where it was put until the device tells who is away; a no takes it back. */
function member({ view, ui, set, send }, key) {
  const { away } = view.group.next;
  const was = JSON.stringify(away);
  const put = ui.ticked?.[key];
  const say = async (here) => {
    set({ ticked: { ...ui.ticked, [key]: { here, was } } });
    if (!(await send("SayAway", { member: key, away: !here }))) set({ ticked: null });
  };
  return { here: put?.was === was ? put.here : !away.includes(key), say };
}

const chip = (letter) => (letter ? html`<span class="chip seat-${letter}" aria-hidden="true">${letter}</span>` : html`<span class="chip nobody" aria-hidden="true">–</span>`);

function tick({ t }, { name, more = "", here, say }) {
  return html`<label class="choice member ${here ? "chosen" : ""}"><input type="checkbox" data-here .checked=${live(here)} @change=${(event) => say(event.target.checked)}>
    <span class="tick" aria-hidden="true">${here ? "✓" : ""}</span><span class="named">${name}<i>${more ? `${more} · ` : ""}${here ? t("evening.here") : t("evening.not_here")}</i></span></label>`;
}

function leads({ t }, form, change, letter, id) {
  const on = form.facilitator === letter;
  return html`<label class="choice small ${on ? "chosen" : ""}"><input type="radio" name="leads" .checked=${live(on)} @change=${() => change({ leads: id })}><span>${t("start.leads")}</span></label>`;
}

/** Fewer than the group agreed on: said calmly, with what can be done. */
function fewer({ t, view: { group } }, count) {
  if (!group.minimum || count >= group.minimum) return nothing;
  const look = () => document.querySelector("[data-part='4']")?.scrollIntoView();
  return html`<section class="fewer" data-fewer=${count} role="status"><h3>${t("evening.fewer.title", { people: t("people", { n: count }), of: group.minimum })}</h3><p>${t("evening.fewer.text")}</p>
    <button class="plain" data-action="fitting" @click=${look}>${t("evening.fewer.fit")}</button></section>`;
}

/** Above the methods: that one has become a habit, and why it may be time for another. To the group, about no one. */
export function signals(p) {
  const { t, say, view: { group } } = p;
  const { routine, suggest } = group?.methods ?? {};
  if (!routine && !suggest) return nothing;
  return html`<section class="signals" data-signals>
    ${routine ? html`<p class="edge" data-routine=${routine.method}>${t("evening.routine", { n: routine.times, method: say(methodOf(p, routine.method)?.names) || routine.method })}</p>` : nothing}
    ${suggest ? html`<p class="edge" data-switch><b>${t("evening.switch")}</b> ${say(suggest.why)}</p>` : nothing}</section>`;
}
