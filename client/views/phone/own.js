// What a person may choose about the own numbers on the own phone: no balance for anybody, turns instead of time. Nobody else's choice is made here.
import { html, nothing } from "lit-html";
import { checkIcon } from "../../marks/icons.js";
import { question } from "../sheet.js";
import { spoken } from "../around.js";

/** For the sheet behind "more" on a phone. */
export function mySeatChoices(p) {
  const { view } = p;
  if (view?.role !== "participant") return nothing;
  const choices = [balanceOff(p), turnsOnly(p), forgetVoice(p)].filter((one) => one !== nothing);
  return choices.length ? html`<section class="my-choices" data-my-choices>${choices}</section>` : nothing;
}

/** Anybody may, and need not say why; only the lead can show it again. */
function balanceOff({ view, t, set }) {
  if (!view.balance) return nothing;
  if (view.balance.shown === "off") return html`<p class="quiet" data-balance="off">${t("my_choice.balance_is_off")}</p>`;
  return html`<button class="plain" data-action="balance-off" @click=${() => set({ sheet: "balance-off" })}>${t("my_choice.balance_off")}</button>`;
}

/** Who stammers, has an interpreter, or just wishes so. */
function turnsOnly({ view, t, send }) {
  if (!view.me || !["consent", "running"].includes(view.stage)) return nothing;
  const on = view.me.counts === "turns";
  return html`<div><button class="plain my-turns" data-action="count-turns" aria-pressed=${on ? "true" : "false"} aria-describedby="count-turns-why" @click=${() => send("CountTurns", { seat: view.me.letter, turns: !on })}>
      <span class="tick" aria-hidden="true">${on ? checkIcon() : nothing}</span><span>${t("my_choice.turns")}</span></button>
    <p class="quiet" id="count-turns-why">${t("my_choice.turns_why")}</p></div>`;
}

/** Whoever wishes it is a voice that nobody knows any more; it can be learned again. */
function forgetVoice({ view, t, send, set }) {
  if (view.me?.voice !== "known" || view.stage !== "running") return nothing;
  const forget = async () => {
    if (await send("ForgetVoice", { seat: view.me.letter })) set({ notice: t("my_choice.voice_forgotten") });
  };
  return html`<div><button class="plain" data-action="forget-voice" aria-describedby="forget-voice-why" @click=${forget}>${t("my_choice.forget_voice")}</button>
    <p class="quiet" id="forget-voice-why">${t("my_choice.forget_voice_why")}</p></div>`;
}

/** "For everybody?", asked once. */
export function balanceOffQuestion(p) {
  const { t, send, set } = p;
  const off = async () => {
    if (await send("ShowBalance", { shown: "off" })) set({ notice: t("my_choice.balance_is_off") });
  };
  return question(p, { name: "balance-off", title: t("my_choice.balance_sure"), text: t("my_choice.balance_text"), yes: t("my_choice.balance_yes"), action: "confirm-balance-off", act: off });
}

/** The own part after the meeting: what was counted, and never a zero for what was not. */
export function myPart({ view, t }) {
  const { mine } = view;
  const why = view.me?.voice === "left_out" ? "unmeasured" : view.balance?.shown === "off" ? "off" : "none";
  if (!mine) return html`<p>${t(`mine.${why}`)}</p>`;
  if (mine.heard === false) return html`<p data-heard="no">${t("mine.not_heard")}</p>`;
  return html`${mine.seconds == null ? nothing : html`<p class="fact"><b>${spoken(t, mine.seconds)}</b><span>${t("mine.spoken")}</span></p>`}
    ${mine.turns == null ? nothing : html`<p class="fact"><b>${mine.turns}</b><span>${t("mine.turns", { n: mine.turns })}</span></p>`}
    ${mine.counts === "turns" ? html`<p class="quiet" data-counts="turns">${t("mine.by_turns")}</p>` : nothing}
    ${mine.backchannels ? html`<p class="quiet">${t("seat.hm", { n: mine.backchannels })}</p>` : nothing}`;
}
