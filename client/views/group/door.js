// The group's door on the first page: opened by its passphrase alone. Which other groups this device knows is said nowhere, not even how many.
import { html, nothing } from "lit-html";
import { seatsIcon } from "../../marks/icons.js";
import { announce } from "../../screen.js";
import { day } from "./dates.js";
import { guideOf } from "./evening.js";
import { clear, secret, secretsIn } from "./secret.js";
import { refusal, refuse, seen, wish } from "./wishes.js";

const BEFORE = new Set(["found", "stick"]);

/** The card: closed, or open with what comes next. */
export function groupDoor(p) {
  seen(p);
  const { ui, view } = p;
  if (view.group === undefined || view.practising) return nothing;
  const sheet = BEFORE.has(ui.sheet?.group) && !view.group ? (p.room("group")?.doorSheet(p) ?? nothing) : nothing;
  return html`<section class="group-door" data-group-door=${view.group ? "open" : "closed"} aria-labelledby="group-door">${view.group ? open(p) : closed(p)}</section>${sheet}`;
}

function closed(p) {
  const { t, set, view } = p;
  const sticks = (view.group_sticks ?? []).some(({ files }) => files.length);
  return html`<div class="door-head">${seatsIcon()}<div><h2 id="group-door">${t("group.door.title")}</h2><p>${t("group.door.text")}</p></div></div>
    ${opening(p)}
    <div class="row"><button class="plain" data-action="found-group" @click=${() => set({ sheet: { group: "found" }, groupSaid: null })}>${t("group.found")}</button>
      ${sticks ? html`<button class="plain" data-action="group-from-stick" @click=${() => set({ sheet: { group: "stick" }, groupSaid: null })}>${t("group.stick.bring")}</button>` : nothing}</div>`;
}

/** At the end of an evening whose group is closed: without its passphrase nothing of tonight can be kept. */
export function groupNeeded(p) {
  seen(p);
  const { t } = p;
  return html`<section class="group-door" data-group-door="needed" aria-labelledby="group-door"><div class="door-head">${seatsIcon()}<div><h2 id="group-door">${t("group.needed.title")}</h2><p>${t("group.needed.text")}</p></div></div>
    ${opening(p)}</section>`;
}

/** The field for the passphrase and the way in. */
function opening(p) {
  const { t, ui, set } = p;
  const enter = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { passphrase } = secretsIn(form);
    if (!passphrase) return void refuse(p, "door", t("group.door.empty"));
    set({ groupBusy: true });
    const granted = await wish(p, "door", "OpenGroup", { passphrase });
    set({ groupBusy: false });
    if (!granted) return; // the letters stay, so that the slip can be seen
    announce(t("group.door.opened"));
    clear(p, form);
  };
  return html`<form data-form="open-group" autocomplete="off" @submit=${enter}>${secret(p, { name: "passphrase", label: t("group.secret"), from: "door" })}
      ${refusal(p, "door")}
      <button class="main" type="submit" data-action="open-group" ?disabled=${Boolean(ui.groupBusy)}>${ui.groupBusy ? t("group.door.busy") : t("group.door.open")}</button></form>`;
}

function open(p) {
  const { t, set, view } = p;
  const { name, next } = view.group;
  const enter = () => {
    set({ groupPage: "us", sheet: null, groupDone: null, groupSaid: null });
    window.scrollTo(0, 0);
  };
  const leave = async () => (await wish(p, "door", "CloseGroup", {}, { patch: { groupPage: null } })) && announce(t("group.door.closed"));
  return html`<div class="door-head">${seatsIcon()}<div><h2 id="group-door" class="named">${name}</h2>
      <p data-next>${next.on ? t("group.door.next", { day: day(next.on, t.language) }) : t("group.door.no_date")}</p>
      ${leads(p)}</div></div>
    <div class="row"><button class="main" data-action="to-group" @click=${enter}>${t("group.door.to")}</button>
      <button class="plain" data-action="close-group" @click=${leave}>${t("group.door.close")}</button></div>${refusal(p, "door")}`;
}

/** Who leads the next evening: somebody of the group, or who guides from outside. */
function leads({ t, view: { group } }) {
  const guide = guideOf(group);
  if (guide) return html`<p>${t("group.guided_by", { name: guide })}</p>`;
  const name = group.members.find((one) => one.key === group.next.lead)?.name;
  return name ? html`<p>${t("group.leads", { name })}</p>` : nothing;
}
