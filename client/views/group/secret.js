// A passphrase: its letters stand in their field and nowhere else, may be shown to whoever types them, and are gone once they opened something or the page is left. Never in any state, draft or store.
import { html } from "lit-html";
import { refusalOf, refuse } from "./wishes.js";

export const LEAST = 12;

/** The field. `from` names the form, beside which a no is said. */
export function secret(p, { name, label, from }) {
  const { t, ui, set } = p;
  const id = `${from}-${name}`;
  const shown = ui.groupShown === id;
  return html`<div class="group-field"><label class="legend-head" for="secret-${id}">${label}</label>
    <div class="add-row"><input id="secret-${id}" name=${name} data-secret type=${shown ? "text" : "password"} autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="200" aria-describedby=${refusalOf(p, from)}>
      <button class="plain" type="button" data-action="show-${name}" aria-pressed=${shown ? "true" : "false"} @click=${() => set({ groupShown: shown ? null : id })}>${shown ? t("group.secret.hide") : t("group.secret.show")}</button></div></div>`;
}

/** What stands in the fields of this form now. */
export const secretsIn = (form) => Object.fromEntries([...form.querySelectorAll("[data-secret]")].map((field) => [field.name, field.value]));

/** Nothing of it stays on the page. */
export function clear(p, form) {
  for (const field of form.querySelectorAll("[data-secret]")) field.value = "";
  p.set({ groupShown: null });
}

addEventListener("pagehide", () => document.querySelectorAll("[data-secret]").forEach((field) => (field.value = "")));

/** Whether a new passphrase is long enough and typed twice alike; else it says what to do. */
export function goodEnough(p, from, first, again) {
  const { t } = p;
  if ([...first].length < LEAST) refuse(p, from, t("group.secret.short", { n: LEAST }));
  else if (first !== again) refuse(p, from, t("group.secret.differ"));
  else return true;
  return false;
}
