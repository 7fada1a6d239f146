// The own intention of last time, on the own phone, when its owner wishes. The tablet can show it too, if people do it together there; nothing goes to the table by itself.
import { html, nothing } from "lit-html";
import { announce } from "../../screen.js";
import { draft, forget, hold, keep } from "../../drafts.js";
import { card, keepWords } from "../group/lookback.js";
import { ownCards, quote, unsent, wish } from "./writing.js";

const NAMES = ["look_back.worth", "look_back.back"];

/** The question that was to come back when looking back was done: it waits on this phone to be put on the table. */
const BRING = "look_back.question";

/** Whether this moment is one to look back at, or to bring back what it was about. */
export const looksBack = ({ view }) => Boolean(view.my?.look_back || (view.my && draft(BRING))) && (view.stage === "consent" || view.phases?.[0]?.state === "now" || Boolean(view.floor?.arrives));

/** The card; what was tapped stays on this phone until it is sent. */
export function lookBackTask(p) {
  const { t, view } = p;
  const one = view.my.look_back;
  if (!one) return comesBack(p);
  const put = (patch) => {
    if ("worth" in patch) keep(view, NAMES[0], patch.worth < 0 ? "" : String(patch.worth));
    if ("back" in patch) keep(view, NAMES[1], patch.back ? "yes" : "");
    p.set({ unsent: null });
    if (patch.back) requestAnimationFrame(() => document.querySelector(".look-back-card [data-action=onto-table]")?.scrollIntoView({ block: "nearest" }));
  };
  const send = async (fields) => {
    const ok = await wish(p, "TellLookBack", fields, ...NAMES);
    if (ok && fields.back && one.question && !lies(p, one)) hold(BRING, one.question);
    return ok;
  };
  return html`<h2>${t("lookback.mine")}</h2><p class="quiet">${t("lookback.mine_how")}</p>
    ${card(p, one, {
      worth: draft(NAMES[0]) === "" ? -1 : Number(draft(NAMES[0])), back: draft(NAMES[1]) !== "", put, how: how(p, one), keepWord: keepWords(t, view.group?.keep?.intention),
      send, more: ontoTable(p, one),
    })}${unsent(p, NAMES[0])}${unsent(p, "WriteNote")}`;
}

/** Looked back, and the question is not on the table yet: the way there stays open. */
function comesBack(p) {
  const one = { question: draft(BRING) };
  if (!one.question) return nothing;
  return html`<h2>${p.t("lookback.back")}</h2><p role="status">${p.t("lookback.told")}</p>${quote(one.question, "comes-back")}
    <p class="quiet" data-back-how>${how(p, one)}</p>${lies(p, one) ? nothing : ontoTable(p, one)}${unsent(p, "WriteNote")}`;
}

const lies = (p, { question }) => ownCards(p, "case_list").some((note) => note.text === question);
const mayLie = ({ view }) => Boolean(view.my.writes?.includes("case_list"));

function how(p, one) {
  if (lies(p, one)) return p.t("lookback.on_table");
  return p.t(mayLie(p) ? "lookback.back_self" : "lookback.not_yet");
}

/** Only this person lays it there, by this button; what it did is said. */
function ontoTable(p, one) {
  if (!one.question || lies(p, one) || !mayLie(p)) return nothing;
  const lay = async () => {
    if (!(await wish(p, "WriteNote", { kind: "case_list", text: one.question }))) return;
    forget(BRING);
    announce(p.t("lookback.on_table"));
    p.set({ notice: p.t("lookback.on_table") });
  };
  return html`<button class="plain" data-action="onto-table" @click=${lay}>${p.t("lookback.onto_table")}</button>`;
}
