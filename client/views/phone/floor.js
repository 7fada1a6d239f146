// What this seat does now, and whether it has the turn. Guidance only: nobody is stopped from speaking.
import { html, nothing } from "lit-html";
import { quietLeft } from "../floor.js";
import { nameOf } from "../chair.js";
import { wish } from "./writing.js";

const OF_PEERS = { expert: "peer" };

/** The box that says what is asked of me. */
export function floorBox(p) {
  const { view, t } = p;
  const role = view.me?.role ?? "peer";
  return html`<div class="ask ${view.my?.turn ? "my-turn" : ""}" data-floor=${view.floor?.mode ?? view.phase.floor}>
    <h2>${t("phone.role", { role: t(`role.${role}`) })}</h2>
    <p>${asked(p, OF_PEERS[role] ?? role)}</p>${quiet(p)}${turn(p)}</div>`;
}

function asked({ view, say, cards }, role) {
  const rules = cards("rules");
  if (!rules) return nothing;
  return say(view.floor?.turned_away ? rules.turned_away[role] : rules.floor[view.floor?.mode ?? view.phase.floor]?.[role]);
}

/** The minutes of writing or silence with which a phase begins. */
function quiet(p) {
  const left = quietLeft(p);
  return left > 0 ? html`<p class="quiet-now" data-quiet>${p.t("floor.quiet", { n: Math.ceil(left / 60) })}</p>` : nothing;
}

/** My turn, or nearly. */
function turn(p) {
  const { view, t } = p;
  const round = view.round;
  if (view.my?.turn) {
    return html`<div class="turn-now"><p role="status" data-turn="now">${t("turn.now")}</p><button class="plain" data-action="pass-turn" @click=${() => wish(p, "PassTurn", {})}>${t("turn.pass")}</button></div>`;
  }
  if (!round?.now || !view.me) return html`<p class="unseen" role="status"></p>`;
  const next = round.order.find((seat) => seat !== round.now && !round.done.includes(seat));
  const person = view.people.find(({ letter }) => letter === round.now);
  return html`<p class="quiet" role="status" data-turn=${next === view.me.letter ? "next" : "other"}>${next === view.me.letter ? t("turn.next") : person ? t("turn.of", { name: nameOf(person, t) }) : nothing}</p>`;
}
