// What is asked before something is forgotten that cannot be made again, and another passphrase. Passphrases stay in their fields and go once they are sent.
import { html } from "lit-html";
import { question, sheet } from "../sheet.js";
import { hold, typed } from "./held.js";
import { forgotten, lineOf } from "./kept.js";
import { clear, goodEnough, LEAST, secret, secretsIn } from "./secret.js";
import { refusal, wish } from "./wishes.js";

/** One line of what is kept, asked once. */
export function forgetKeptQuestion(p) {
  const { t, ui } = p;
  const one = ui.sheet.kept;
  return question(p, { name: "forget-kept", title: t("group.kept.ask", { what: lineOf(p, one) }), text: t("group.kept.ask.text"), yes: t("group.forget.yes"), action: "confirm-forget-kept", act: () => forgotten(p, one) });
}

/** Nothing of this is to be kept any more: what is there goes at once. */
export function stopKeepingQuestion(p) {
  const { t, ui: { sheet: { item, from } } } = p;
  const what = t(`group.keep.${item}`);
  return question(p, { name: "stop-keeping", title: t("group.keeping.stop", { what }), text: t("group.keeping.stop.text"), yes: t("group.forget.yes"), action: "confirm-stop-keeping",
    act: () => wish(p, from, "ChooseKeeping", { item, until: "no" }, { done: t("group.keeping.stopped", { what }) }) });
}

const closing = (p) => () => p.set({ sheet: null, groupSaid: null, groupShown: null });

/** Another passphrase for the same group. */
export function changeSecretSheet(p) {
  const { t, ui, set } = p;
  const change = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { before, first, again } = secretsIn(form);
    if (!goodEnough(p, "secret", first, again)) return;
    set({ groupBusy: true });
    const granted = await wish(p, "secret", "ChangeGroupPassphrase", { before, after: first }, { done: t("group.secret.changed"), patch: { sheet: null } });
    set({ groupBusy: false });
    if (granted) clear(p, form);
  };
  return sheet({
    name: "secret", title: t("group.secret.change"), close: closing(p), closeLabel: t("close"), small: true,
    content: html`<form class="group-form" data-form="secret" autocomplete="off" @submit=${change}>
      ${secret(p, { name: "before", label: t("group.secret.before"), from: "secret" })}
      ${secret(p, { name: "first", label: t("group.secret.new"), from: "secret" })}
      <p class="quiet">${t("group.secret.how", { n: LEAST })}</p>
      ${secret(p, { name: "again", label: t("group.secret.again"), from: "secret" })}
      <p class="edge">${t("group.secret.sticks")}</p>${refusal(p, "secret")}
      <button class="main wide" type="submit" data-action="keep-secret" ?disabled=${Boolean(ui.groupBusy)}>${ui.groupBusy ? t("group.door.busy") : t("group.secret.change")}</button></form>`,
  });
}

/** Everything of the group: only with its name typed, for it is gone then. */
export function forgetGroupSheet(p) {
  const { t, view: { group }, set } = p;
  const same = (typed("forget-group") ?? "").trim().toLocaleLowerCase() === group.name.trim().toLocaleLowerCase();
  const close = () => {
    hold("forget-group", undefined);
    closing(p)();
  };
  const write = (event) => {
    hold("forget-group", event.target.value);
    set({});
  };
  const forget = async (event) => {
    event.preventDefault();
    if (same && (await wish(p, "forget-group", "ForgetGroup", {}, { patch: { sheet: null, groupPage: null } }))) hold("forget-group", undefined);
  };
  return sheet({
    name: "forget-group", title: t("group.forget_all"), close, closeLabel: t("close"), small: true,
    content: html`<form class="group-form" @submit=${forget}><p class="sheet-text">${t("group.forget_all.text")}</p>
      <div class="group-field"><label class="legend-head" for="field-forget-group">${t("group.forget_all.type", { name: group.name })}</label>
        <input type="text" id="field-forget-group" data-field="forget-group" autocomplete="off" maxlength="60" .value=${typed("forget-group") ?? ""} @input=${write}></div>${refusal(p, "forget-group")}
      <button class="main wide" type="submit" data-action="confirm-forget-group" ?disabled=${!same}>${t("group.forget_all.yes")}</button></form>`,
  });
}
