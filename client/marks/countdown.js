// Minutes left: a number, a word and a ring that empties. It never flashes and never rings.
import { nothing, svg } from "lit-html";
import { arc } from "./geometry.js";

const RADIUS = 136;

/**
 * The middle of the circle.
 * @param {{elapsed: number, left: number, over: boolean, paused: boolean, rest?: {minutes, left}, t}} given seconds of the running phase; `rest`: of a break instead;
 *   `bothWays`: the number stands there twice, once for each side of a table
 */
export function countdown({ rest, bothWays = false, ...told }) {
  const { elapsed, left, over, paused, t } = rest ? { ...told, elapsed: rest.minutes * 60 - rest.left, left: rest.left, over: rest.left <= 0 } : told;
  const whole = elapsed + left;
  const part = over || whole <= 0 ? 0 : Math.min(1, left / whole);
  const minutes = Math.max(over ? 0 : 1, over ? Math.floor(-left / 60) : Math.ceil(left / 60));
  const words = over ? t("over.word", { n: minutes }) : t("minutes.word", { n: minutes });
  const spoken = over ? t("over.spoken", { n: minutes }) : t("minutes.spoken", { n: minutes });
  return svg`<g class="countdown ${over ? "over" : ""} ${paused ? "paused" : ""}" role="img" aria-label=${paused ? `${t("paused")}${rest ? `, ${spoken}` : ""}` : spoken} data-minutes=${minutes}>
    <circle class="rim" r=${RADIUS}/>
    ${part >= 0.999 ? svg`<circle class="left" r=${RADIUS}/>` : nothing}
    ${part > 0.002 && part < 0.999 ? svg`<path class="left" d=${arc(RADIUS, 0, part * 360)}/>` : nothing}
    ${bothWays ? twice(over ? `+${minutes}` : minutes, paused ? t("paused") : words) : once(over ? `+${minutes}` : minutes, paused ? t("paused") : words)}
    ${!bothWays && !over && !paused && part < 0.2 && left < 240 ? svg`<text class="soon" y="-72">${t("soon")}</text>` : nothing}
  </g>`;
}

const once = (number, word) => svg`<text class="number" y="26">${number}</text><text class="word" y="68">${word}</text>`;

/** For who sits below and for who sits above. */
const twice = (number, word) => [0, 180].map((degrees) => svg`<g transform="rotate(${degrees})"><text class="number of-two" y="80">${number}</text><text class="word" y="110">${word}</text></g>`);
