// The own intention of last time, on the own phone, when its owner wishes. Nobody else sees it here, and nothing goes to the table by itself.
import { html, nothing } from "lit-html";
import { draft, keep } from "../../drafts.js";
import { card } from "../group/lookback.js";
import { ownCards, unsent, wish } from "./writing.js";

const NAMES = ["look_back.worth", "look_back.back"];

/** Whether this moment is one to look back at. */
export const looksBack = ({ view }) => Boolean(view.my?.look_back) && (view.stage === "consent" || view.phases?.[0]?.state === "now" || Boolean(view.floor?.arrives));

/** The card; what was tapped stays on this phone until it is sent. */
export function lookBackTask(p) {
  const { t, view } = p;
  const one = view.my.look_back;
  if (!one) return nothing;
  const put = (patch) => {
    if ("worth" in patch) keep(view, NAMES[0], patch.worth < 0 ? "" : String(patch.worth));
    if ("back" in patch) keep(view, NAMES[1], patch.back ? "yes" : "");
    p.set({ unsent: null });
  };
  return html`<h2>${t("lookback.mine")}</h2><p class="quiet">${t("lookback.mine_how")}</p>
    ${card(p, one, {
      worth: draft(NAMES[0]) === "" ? -1 : Number(draft(NAMES[0])), back: draft(NAMES[1]) !== "", put, how: how(p, one), keepWord: t("lookback.keep.as_agreed"),
      send: (fields) => wish(p, "TellLookBack", fields, ...NAMES), more: ontoTable(p, one),
    })}${unsent(p, NAMES[0])}${unsent(p, "WriteNote")}`;
}

const lies = (p, { question }) => ownCards(p, "case_list").some((note) => note.text === question);
const mayLie = ({ view }) => Boolean(view.my.writes?.includes("case_list"));

function how(p, one) {
  if (lies(p, one)) return p.t("lookback.on_table");
  return p.t(mayLie(p) ? "lookback.back_self" : "lookback.not_yet");
}

/** Only this person lays it there, by this button. */
function ontoTable(p, one) {
  if (!one.question || lies(p, one) || !mayLie(p)) return nothing;
  return html`<button class="plain" data-action="onto-table" @click=${() => wish(p, "WriteNote", { kind: "case_list", text: one.question })}>${p.t("lookback.onto_table")}</button>`;
}
