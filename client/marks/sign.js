// The sign of Kring: six places round an open middle.
import { html, svg } from "lit-html";
import { arc } from "./geometry.js";

export function sign() {
  const place = (letter, n) => svg`<path class="place stroke-${letter}" d=${arc(38, n * 60 - 22, n * 60 + 22)}/>`;
  return html`<svg class="sign" viewBox="-50 -50 100 100" aria-hidden="true">${[..."ABCDEF"].map(place)}</svg>`;
}
