// What stands on the table at each stage: one sentence, what is beside it, and what lies in the middle. Only pictures of a view.
import { html, nothing } from "lit-html";
import { countdown } from "../../marks/countdown.js";
import { eyeIcon, micIcon } from "../../marks/icons.js";
import { sign } from "../../marks/sign.js";
import { qrPicture } from "../join.js";
import { balanceWords, seatsPicture, signalIcon, signalWords } from "../picture.js";
import { place, sentences } from "../sentences.js";

/**
 * What this moment shows: {name, sentence, first, second, more?, round?, wide?, reading?, alone?, lit?}.
 * `round` is there once and is looked at from all sides; `wide`: it needs the whole width; `reading`: `more` is a text to read; `alone`: nothing is beside `first`; `lit`: the lamp shines.
 */
export function moment(p) {
  const { view } = p;
  if (view.stage === "start") return starting(p);
  if (view.stage === "consent") return consenting(p);
  if (view.stage === "erased") return erased(p);
  return view.stopped ? stopped(p) : running(p);
}

function starting(p) {
  const { t, view } = p;
  return { name: "start", sentence: view.join ? t("join.title") : html`Kring`, first: view.join ? address(p) : nothing, second: tableMicrophone(p), round: view.join ? code(p) : sign() };
}

/** The agreements are read aloud; the microphone waits for everybody. */
function consenting(p) {
  const { t, view, say } = p;
  const { agreed, of } = view.consent;
  return {
    name: "consent", sentence: t("consent.title"),
    first: html`<p class="table-yes" data-yes=${agreed}>${agreed ? t("consent.count", { n: agreed, of }) : t("table.waits", { n: of })}</p>`,
    second: tableMicrophone(p),
    more: html`<ol class="agreements">${(view.agreements ?? []).map((agreement) => html`<li>${say(agreement.text)}</li>`)}</ol>`,
    round: view.join ? code(p) : null, reading: true,
  };
}

function running(p) {
  const { view, t, say, phase, settings, now } = p;
  const flat = settings.lies === "flat";
  const bars = settings.picture === "bars";
  const clock = countdown({ ...phase, paused: view.paused, rest: view.break, bothWays: flat && !bars, t });
  const picture = (facing) => seatsPicture(p, { middle: clock, facing, large: true });
  return {
    name: view.paused ? "paused" : "running",
    sentence: view.paused ? t("table.pause") : sentences(say(view.phase.glance)),
    first: html`<p class="table-phase">${place(p)}</p><p class="table-left">${timeLeft(p)}</p>`,
    second: html`${tableMicrophone(p)}${asides(p)}`,
    round: bars && flat ? html`<div class="bars-near">${picture(false)}</div><div class="bars-far" aria-hidden="true">${picture(false)}</div>` : picture(flat),
    wide: bars,
    lit: !view.paused && Boolean(view.lamp) && now <= view.lamp.until,
  };
}

/** No clock, no balance, no name of who said it. */
function stopped({ t, ...p }) {
  return { name: "stopped", sentence: t("stopped.title"), first: html`<p class="table-soft">${t("stopped.text")}</p><p class="table-soft">${t("stopped.phone")}</p>`, second: tableMicrophone({ t, ...p }), round: sign() };
}

function erased({ t }) {
  return { name: "erased", sentence: t("erased.title"), first: html`<p class="table-soft">${t("erased.text")}</p>`, second: nothing, round: sign(), alone: true };
}

// --- the words beside the sentence ---

/** The microphone, large: shape, word and sign. */
function tableMicrophone({ t, view }) {
  const { state } = view.microphone;
  return html`<p class="table-mic ${state}" data-microphone=${state}>${micIcon(state)}<span>${view.stage === "start" ? t("table.not_listening") : t(`mic.${state}`)}</span></p>`;
}

/** "14 minutes left", of the break while there is one. */
function timeLeft({ view, phase, t }) {
  const left = view.break ? view.break.left : phase.left;
  if (view.paused && !view.break) return "";
  return left <= 0 ? t("over.spoken", { n: Math.floor(-left / 60) }) : t("minutes.spoken", { n: Math.max(1, Math.ceil(left / 60)) });
}

/** What somebody asked for in soft words, and which balance is shown; each said once. */
function asides(p) {
  const balance = balanceWords(p);
  return html`<div class="table-asides" role="status">${signalWords(p).map(([sign, words]) => html`<p class="signal" data-signal=${sign}>${signalIcon(sign)}<span>${words}</span></p>`)}
    ${balance ? html`<p class="ring-balance" data-ring-balance=${p.view.balance.shown}>${eyeIcon()}<span>${balance}</span></p>` : nothing}</div>`;
}

const code = ({ t, view }) => html`<div class="qr table-qr" role="img" aria-label=${t("join.qr")}>${qrPicture(view.join.qr) ?? nothing}</div>`;

function address({ t, view }) {
  const { url, pin } = view.join;
  return html`<p class="table-address">${url.replace(/#.*$/, "").replace(/\/$/, "").split(/(?<=\/\/)|(?=:\d)/).map((part) => html`${part}<wbr>`)}</p><p class="table-pin">${t("join.pin")} <b>${pin.slice(0, 3)} ${pin.slice(3)}</b></p>`;
}
