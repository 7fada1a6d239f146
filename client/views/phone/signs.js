// Three small signs without a word, under one's thumb: I want in, this comes too close, slower please. What others get to see is said; of two of them it is never who.
import { html, nothing } from "lit-html";
import { handIcon } from "../../marks/guideicons.js";
import { closeIcon, slowIcon } from "../../marks/signicons.js";

const SIGNS = { want_in: handIcon, too_close: closeIcon, slow_down: slowIcon };

/** The row of signs; nothing where they have no meaning. */
export function signs(p) {
  const { view, t, ui } = p;
  if (view.stage !== "running" || !view.me || view.stopped) return nothing;
  const given = view.my?.signs ?? [];
  return html`<section class="signs" aria-label=${t("signs.title")}>
    <p class="signs-said" role="status" data-signs-said=${ui.sign ?? ""}>${said(p, given)}</p>
    <div class="signs-row">${Object.keys(SIGNS).map((sign) => button(p, sign, given.includes(sign)))}</div>
  </section>`;
}

function button(p, sign, on) {
  const { t } = p;
  return html`<button class="sign-button" data-sign=${sign} aria-pressed=${on ? "true" : "false"} aria-describedby="sign-${sign}" @click=${() => give(p, sign, !on)}>
    ${SIGNS[sign]()}<span>${t(`sign.${sign}`)}</span></button><span class="unseen" id="sign-${sign}">${t(`sign.${sign}.seen`)}</span>`;
}

/** Asked at once or not at all: a sign that comes a minute late is about another moment. */
async function give(p, sign, given) {
  if (p.lost) return p.set({ sign: "lost" });
  const ok = await p.send("GiveSign", { sign, given });
  p.set({ sign: ok ? (given ? sign : "back") : null });
}

/** In one sentence who sees what; also after a reload, as long as it is seen. */
function said({ t, ui, lost }, given) {
  if (ui.sign === "lost" && lost) return t("signs.lost");
  if (ui.sign === "back" && given.length === 0) return t("signs.back");
  const newest = given.includes(ui.sign) ? ui.sign : given.at(-1);
  return newest ? t(`sign.${newest}.seen`) : "";
}
