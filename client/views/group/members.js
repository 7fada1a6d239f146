// Who belongs to the group: names, and nothing else about anybody.
import { html, nothing } from "lit-html";
import { question, sheet } from "../sheet.js";
import { adding, line } from "./fields.js";
import { hold, typed } from "./held.js";
import { wish } from "./wishes.js";

/** The list, each with a way to another name and a way out. */
export function members(p) {
  const { t, set, view: { group } } = p;
  const open = (sheetName, { key }) => () => set({ sheet: { group: sheetName, member: key }, groupSaid: null });
  const row = (one) => html`<li data-member=${one.key}><span class="named">${one.name}</span>
    <button class="plain" data-action="rename-${one.key}" aria-label=${t("group.rename_of", { name: one.name })} @click=${open("rename", one)}>${t("group.rename")}</button>
    <button class="plain" data-action="forget-${one.key}" aria-label=${t("group.forget_of", { name: one.name })} @click=${open("forget-member", one)}>${t("group.forget")}</button></li>`;
  return html`${group.members.length ? html`<ul class="group-rows">${group.members.map(row)}</ul>` : html`<p class="quiet">${t("group.members.none")}</p>`}
    ${adding(p, { id: "member", label: t("group.member.add"), button: t("group.add"), most: 40, save: (name) => wish(p, "member", "AddMember", { name }, { done: t("group.member.added", { name }) }) })}`;
}

const named = (p) => p.view.group.members.find(({ key }) => key === p.ui.sheet.member);

/** Another name for the same person. */
export function renameSheet(p) {
  const { t, set } = p;
  const one = named(p);
  if (!one) return nothing;
  const id = `rename-${one.key}`;
  const close = () => {
    hold(id, undefined);
    set({ sheet: null, groupSaid: null });
  };
  const save = (name) => wish(p, id, "RenameMember", { member: one.key, name }, { patch: { sheet: null }, done: t("group.renamed", { name }), undo: () => wish(p, id, "RenameMember", { member: one.key, name: one.name }) });
  const sent = (event) => {
    event.preventDefault();
    if (typed(id) === undefined) close(); // a changed name went out as its field was left
  };
  return sheet({
    name: "rename", title: t("group.rename_of", { name: one.name }), close, closeLabel: t("close"), small: true,
    content: html`<form class="group-form" @submit=${sent}>${line(p, { id, label: t("group.member.name"), text: one.name, most: 40, needed: true, save })}
      <button class="main" data-action="renamed">${t("write.keep")}</button></form>`,
  });
}

/** Asked once; what goes is said. */
export function forgetMember(p) {
  const { t } = p;
  const one = named(p);
  if (!one) return nothing;
  return question(p, { name: "forget-member", title: t("group.member.forget", { name: one.name }), text: t("group.member.forget.text"), yes: t("group.member.forget.yes"), action: "confirm-forget-member",
    act: () => wish(p, "member", "ForgetMember", { member: one.key }, { done: t("group.member.forgotten") }) });
}
