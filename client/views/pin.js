// Six digits open the door. Pasting works, a number keyboard comes up, nothing has to be remembered or solved.
import { html, nothing } from "lit-html";
import { live } from "lit-html/live";
import { sign } from "../marks/sign.js";
import { prepared } from "../prepared.js";
import { prepareCard } from "./phone/prepared.js";

/** The page of a screen nobody knows yet. */
export function pinPage(p) {
  const { t, ui } = p;
  const changed = (event) => {
    const digits = event.target.value.replace(/\D/g, "").slice(0, 6);
    event.target.value = digits;
    p.set({ pin: digits, pinRefused: null });
    if (digits.length === 6) p.pairWith(digits);
  };
  const sent = (event) => {
    event.preventDefault();
    if (ui.pin.length === 6) p.pairWith(ui.pin);
  };
  return html`<main class="door">
    ${sign()}
    <h1>${ui.gone ? t("pin.gone") : t("pin.title")}</h1>
    ${ui.gone ? html`<p data-gone>${t("pin.gone_how")}</p>` : nothing}
    ${ui.gone === "participant" ? prepareCard(p) : nothing}
    <form @submit=${sent}>
      <label for="pin">${t("pin.label")}</label>
      <input id="pin" class="pin" name="pin" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]*" maxlength="12"
        .value=${live(ui.pin)} ?readonly=${ui.busy} aria-describedby="pin-help" aria-invalid=${ui.pinRefused ? "true" : "false"} @input=${changed}>
      <p id="pin-help" class=${ui.pinRefused ? "wrong" : "quiet"} role=${ui.pinRefused ? "alert" : "note"}>${help(p)}</p>
      <button class="main" ?disabled=${ui.busy || ui.pin.length < 6}>${ui.busy ? t("pin.busy") : t("pin.go")}</button>
    </form>
    ${ui.gone !== "participant" && prepared() ? html`<p class="quiet" data-prepared-here>${t("prepared.here")}</p>` : nothing}
    <p class="quiet">${t("pin.table")}</p>
    <p class="quiet">${t("pin.local")}</p>
  </main>`;
}

function help({ t, ui }) {
  if (!ui.pinRefused) return t("pin.help");
  return t.has(`pin.${ui.pinRefused}`) ? t(`pin.${ui.pinRefused}`) : t("pin.wrong_pin");
}
