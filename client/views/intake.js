// Before sitting down: two questions, what authority at the table asks for, and what was kept last time. Answers about people stay on this screen.
import { html, nothing } from "lit-html";
import { agreementsList } from "./agreements.js";
import { choices } from "./choices.js";
import { withTrainer } from "./form.js";
import { question } from "./sheet.js";

/** Two questions, and what follows from a yes. */
export function intake(p, form, change) {
  const { t, say } = p;
  const card = (id) => p.cards("rituals")?.intake.find((one) => one.id === id);
  const ask = (id, chosen, choose) => choices({
    legend: id === "authority" ? t("intake.authority") : say(card(id)?.text), name: id, chosen, choose,
    options: [[true, t("intake.yes")], [false, t("intake.no")]], more: say(card(id)?.why) });
  return html`<div class="intake">
    ${card("voluntary") ? ask("voluntary", form.voluntary, (voluntary) => change({ voluntary })) : nothing}
    ${form.voluntary === false ? html`<p class="edge" data-voluntary>${t("intake.not_voluntary")}</p>` : nothing}
    ${ask("authority", form.authority, (authority) => change({ authority, ...(authority ? {} : backToCases(p, form)) }))}
    ${form.authority ? authority(p, form, change) : nothing}
  </div>`;
}

/** An explained stop with two ways out; without one of them nobody sits down. */
function authority(p, form, change) {
  const { t, view } = p;
  const theme = withTrainer(p, form);
  const content = view.methods.filter((method) => method.form === "content");
  return html`<section class="authority" data-authority=${theme ? "theme" : "stop"} role="status">
    <h3>${theme ? t("authority.theme.title") : t("authority.title")}</h3><p>${theme ? t("authority.theme.text") : t("authority.text")}</p>
    ${theme ? nothing : html`<div class="ways-out">
      <button class="way-out" data-action="other-group" @click=${() => change({ authority: false, ...backToCases(p, form) })}><b>${t("authority.other")}</b><span>${t("authority.other.more")}</span></button>
      ${content.length ? html`<button class="way-out" data-action="with-trainer" @click=${() => change({ method: content[0].id })}><b>${t("authority.trainer")}</b><span>${t("authority.trainer.more")}</span></button>` : nothing}
    </div>`}
  </section>${themeFields(p, form, change)}`;
}

/** Without authority a case is safe again: a theme that only came from the stop goes. */
function backToCases(p, form) {
  if (!form.authority || !withTrainer(p, form)) return {};
  const method = p.view.methods.find((one) => one.id === "five_phase") ?? p.view.methods.find((one) => one.form !== "content");
  return method ? { method: method.id } : {};
}

/** The theme, and which chair brings the theory; only of a method with a trainer. */
export function themeFields(p, form, change) {
  const { t } = p;
  if (!withTrainer(p, form)) return nothing;
  const name = (letter, n) => form.names[n].trim() || t("seat", { letter });
  const seats = [..."ABCDEFGH"].slice(0, form.names.length);
  return html`<div class="theme-fields"><label class="field-line"><span class="legend-head">${t("theme.label")}</span>
      <input type="text" name="theme" maxlength="120" autocomplete="off" placeholder=${t("theme.example")} .value=${form.theme} @input=${(event) => change({ theme: event.target.value })}></label>
    ${choices({ legend: t("theme.trainer"), name: "trainer", chosen: form.trainer, choose: (trainer) => change({ trainer }),
      options: [...seats.map((letter, n) => [letter, name(letter, n)]), [null, t("theme.nobody")]], more: t("theme.trainer.more") })}</div>`;
}

// --- what was kept last time ---

/** "Kept last time": the question and the intention to come back to. */
export function lookBack(p) {
  const { t, view, set } = p;
  const kept = view.look_back;
  if (!kept) return nothing;
  const row = (label, text) => (text ? html`<div><dt>${label}</dt><dd>${text}</dd></div>` : nothing);
  return html`<section class="kept-card" data-look-back aria-labelledby="kept-title"><h2 id="kept-title">${t("kept.title")}</h2>
    <dl>${row(t("kept.question"), kept.question)}${row(t("kept.intention"), kept.intention)}${row(t("kept.step"), kept.step)}${row(t("kept.by"), kept.by)}</dl>
    ${Object.keys(kept.agreements ?? {}).length ? agreementsList({ view: { next_time: kept.agreements }, t }) : nothing}
    <p class="quiet">${t("kept.how")}</p>
    <button class="plain" data-action="forget" @click=${() => set({ sheet: "forget" })}>${t("kept.forget")}</button></section>`;
}

/** Asked once: it is gone then. */
export function forgetQuestion(p) {
  const { t, send } = p;
  return question(p, { name: "forget", title: t("kept.forget.title"), text: t("kept.forget.text"), yes: t("kept.forget.yes"), action: "confirm-forget", act: () => send("ForgetLookBack") });
}
