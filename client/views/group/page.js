// The group's own pages: who we are, next time, the season, methods and picture, what is kept. Fetched when first opened; every word of it is the group's, none is about one person.
import { html, nothing } from "lit-html";
import { backIcon } from "../../marks/icons.js";
import { moreButton, moreSheets } from "../moretools.js";
import { doorSheet } from "./doorsheets.js";
import { kept } from "./kept.js";
import { next } from "./next.js";
import { season } from "./season.js";
import { groupSheet } from "./sheets.js";
import { trend } from "./trend.js";
import { us } from "./us.js";
import { doneLine, seen } from "./wishes.js";

export { doorSheet };

const PAGES = { us, next, season, trend, kept };
const TABS = Object.keys(PAGES);
const CLEAN = { groupDone: null, groupSaid: null, groupSwap: null, groupCopied: null };
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The page, with one of its five tabs open. */
export function groupPage(p) {
  seen(p);
  const { t, ui, set, view } = p;
  const open = TABS.includes(ui.groupPage) ? ui.groupPage : TABS[0];
  const leave = () => {
    set({ groupPage: null, ...CLEAN });
    window.scrollTo(0, 0);
  };
  return html`<main class="group-page" data-group=${open}>
    <header class="page-head"><button class="plain round" data-action="leave-group" aria-label=${t("group.leave")} @click=${leave}>${backIcon()}</button>
      <h1>${view.group.name}</h1><div class="corner">${moreButton(p)}</div></header>
    ${tabs(p, open)}
    ${doneLine(p)}
    <div class="group-panel" role="tabpanel" id="group-panel" aria-labelledby="group-tab-${open}">${PAGES[open](p)}</div>
    ${ui.sheet?.group ? groupSheet(p) : nothing}
    ${moreSheets(p)}
  </main>`;
}

/** Real tabs: one of them is reached with Tab, the others with the arrow keys. */
function tabs(p, open) {
  const { t, set } = p;
  const go = (tab) => set({ groupPage: tab, ...CLEAN });
  const key = (event) => {
    const at = TABS.indexOf(open);
    const to = { Home: 0, End: TABS.length - 1 }[event.key] ?? (event.key in STEPS ? (at + STEPS[event.key] + TABS.length) % TABS.length : null);
    if (to === null) return;
    event.preventDefault();
    const list = event.currentTarget;
    go(TABS[to]);
    list.querySelector(`[data-tab=${TABS[to]}]`).focus();
  };
  return html`<div class="group-tabs" role="tablist" aria-label=${t("group.tabs")} @keydown=${key}>${TABS.map((tab) => html`<button class="group-tab ${tab === open ? "chosen" : ""}" role="tab"
    id="group-tab-${tab}" data-tab=${tab} aria-selected=${tab === open ? "true" : "false"} aria-controls="group-panel" tabindex=${tab === open ? "0" : "-1"} @click=${() => go(tab)}>${t(`group.tab.${tab}`)}</button>`)}</div>`;
}
