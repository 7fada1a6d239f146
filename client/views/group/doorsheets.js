// Beginning a group, and bringing one in from a stick. What is typed as a passphrase goes to the device once and stays nowhere here.
import { html } from "lit-html";
import { LANGUAGES, LANGUAGE_NAMES } from "../../words.js";
import { choices } from "../choices.js";
import { sheet } from "../sheet.js";
import { line } from "./fields.js";
import { hold, typed } from "./held.js";
import { clear, goodEnough, LEAST, secret, secretsIn } from "./secret.js";
import { refusal, refuse, wish } from "./wishes.js";

/** The sheet that is open before a group is. */
export function doorSheet(p) {
  return p.ui.sheet.group === "found" ? founding(p) : bringing(p);
}

const closing = (p) => () => p.set({ sheet: null, groupSaid: null, groupShown: null });

function founding(p) {
  const { t, ui, set, view } = p;
  const language = ui.groupLanguage ?? (LANGUAGES.includes(view.language) ? view.language : t.language);
  const begin = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { first, again } = secretsIn(form);
    const name = (typed("found-name") ?? "").trim();
    if (!name) return void refuse(p, "found", t("group.found.no_name"));
    if (!goodEnough(p, "found", first, again)) return;
    set({ groupBusy: true, groupNext: "us" });
    const granted = await wish(p, "found", "FoundGroup", { name, passphrase: first, language }, { patch: { sheet: null } });
    set({ groupBusy: false });
    if (!granted) return void set({ groupNext: null });
    clear(p, form);
    hold("found-name", undefined);
    window.scrollTo(0, 0);
  };
  return sheet({
    name: "found-group", title: t("group.found"), close: closing(p), closeLabel: t("close"), small: true,
    content: html`<form class="group-form" data-form="found-group" autocomplete="off" @submit=${begin}>
      ${line(p, { id: "found-name", label: t("group.name"), text: "", most: 40, place: t("group.name.example"), save: async () => false })}
      ${secret(p, { name: "first", label: t("group.secret"), from: "found" })}
      <p class="quiet">${t("group.secret.how", { n: LEAST })}</p>
      ${secret(p, { name: "again", label: t("group.secret.again"), from: "found" })}
      <p class="edge">${t("group.secret.lost")}</p>
      ${choices({ legend: t("group.language"), name: "found-language", options: LANGUAGES.map((code) => [code, LANGUAGE_NAMES[code], code]), chosen: language, choose: (code) => set({ groupLanguage: code }) })}
      <p class="quiet">${t("group.found.kept")}</p>
      ${refusal(p, "found")}
      <button class="main wide" type="submit" data-action="begin-group" ?disabled=${Boolean(ui.groupBusy)}>${ui.groupBusy ? t("group.door.busy") : t("group.found.go")}</button></form>`,
  });
}

function bringing(p) {
  const { t, ui, set, view } = p;
  const files = (view.group_sticks ?? []).flatMap((stick) => stick.files.map((file) => ({ stick: stick.name, file })));
  const key = (one) => `${one.stick}/${one.file}`;
  const chosen = files.find((one) => key(one) === ui.groupFile) ?? files[0];
  const bring = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { passphrase } = secretsIn(form);
    if (!chosen || !passphrase) return void refuse(p, "stick", chosen ? t("group.door.empty") : t("group.stick.none"));
    set({ groupBusy: true, groupNext: "us" });
    const granted = await wish(p, "stick", "ImportGroup", { ...chosen, passphrase }, { patch: { sheet: null } });
    set({ groupBusy: false });
    if (!granted) return void set({ groupNext: null });
    window.scrollTo(0, 0);
    clear(p, form);
  };
  return sheet({
    name: "group-stick", title: t("group.stick.bring"), close: closing(p), closeLabel: t("close"), small: true,
    content: html`<form class="group-form" data-form="group-stick" autocomplete="off" @submit=${bring}>
      ${files.length
        ? choices({ legend: t("group.stick.which"), name: "group-file", options: files.map((one) => [key(one), t("group.stick.file", one)]), chosen: key(chosen), choose: (one) => set({ groupFile: one }) })
        : html`<p>${t("group.stick.none")}</p>`}
      ${secret(p, { name: "passphrase", label: t("group.secret"), from: "stick" })}
      ${refusal(p, "stick")}
      <button class="main wide" type="submit" data-action="bring-group" ?disabled=${!files.length || Boolean(ui.groupBusy)}>${ui.groupBusy ? t("group.door.busy") : t("group.stick.go")}</button></form>`,
  });
}
