// Whose turn it is, as the group's own order: tap one, tap another, and they swap. An order, never a count of who did what how often.
import { html, nothing } from "lit-html";
import { guideOf } from "./evening.js";
import { refusal, wish } from "./wishes.js";

/** The order of `turn` ("lead" or "bring"); `now` says who it is this time, `more` what else there is to know. */
export function turns(p, turn, now, more = "") {
  const { t, ui, set, view: { group } } = p;
  const of = (key) => group.members.find((one) => one.key === key);
  const waits = turn === "lead" && guideOf(group); // nobody is next while somebody from outside leads
  const picked = ui.groupSwap?.turn === turn && of(ui.groupSwap.member) ? ui.groupSwap.member : null;
  const swap = (member, other, rest = {}) => wish(p, turn, "SwapTurns", { turn, member, other }, rest);
  const tap = async (key) => {
    if (picked === null) return set({ groupSwap: { turn, member: key }, groupDone: null });
    set({ groupSwap: null });
    if (picked === key) return;
    await swap(picked, key, { done: t("group.swapped", { name: of(picked).name, other: of(key).name }), undo: () => swap(picked, key) });
  };
  const chip = (one, n) => {
    const away = group.next.away.includes(one.key);
    const word = away ? t("group.turn.away") : one.key === group.next[turn] && !waits ? t("group.turn.now") : "";
    return html`<li><button class="plain turn ${picked === one.key ? "chosen" : ""} ${away ? "turn-away" : ""}" data-turn="${turn}-${one.key}" aria-pressed=${picked === one.key ? "true" : "false"} @click=${() => tap(one.key)}>
      <b aria-hidden="true">${n + 1}</b><span>${away ? html`<s>${one.name}</s>` : one.name}${word ? html`<i>${word}</i>` : nothing}</span></button></li>`;
  };
  return html`<div class="turns" role="group" aria-labelledby="turns-${turn}" data-turns=${turn}><h3 id="turns-${turn}">${t(`group.turns.${turn}`)}</h3>
    ${now ? html`<p class="turn-now" data-now>${now}</p>` : nothing}
    <ol class="row">${group[turn].map(of).filter(Boolean).map(chip)}</ol>
    <p class="quiet" role="status">${picked === null ? t("group.swap.how") : t("group.swap.other", { name: of(picked).name })}</p>
    ${more ? html`<p class="quiet">${more}</p>` : nothing}${refusal(p, turn)}</div>`;
}
