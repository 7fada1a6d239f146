// Taking over the lead on a phone, with the facilitator's PIN, when the tablet is gone. Nothing is decided here.
import { html, nothing } from "lit-html";

/** Folded away in "more" on a participant's phone. */
export function takeLead(p) {
  const { t, ui, view } = p;
  if (view?.role !== "participant" || !["consent", "running"].includes(view.stage)) return nothing;
  const sent = (event) => {
    event.preventDefault();
    const digits = new FormData(event.target).get("lead-pin").replace(/\D/g, "");
    if (digits.length === 6) p.pairWith(digits).then((leads) => leads && p.set({ sheet: null }));
  };
  return html`<details class="take-lead"><summary data-action="take-lead">${t("lead.take")}</summary>
    <form @submit=${sent}>
      <p class="quiet">${t("lead.why")}</p>
      <label for="lead-pin">${t("lead.pin")}</label>
      <div class="row"><input id="lead-pin" name="lead-pin" class="pin" inputmode="numeric" autocomplete="off" maxlength="6" required>
        <button class="main" data-action="confirm-lead" ?disabled=${ui.busy}>${t("lead.go")}</button></div>
      ${ui.pinRefused ? html`<p class="wrong" role="alert">${t(t.has(`pin.${ui.pinRefused}`) ? `pin.${ui.pinRefused}` : "pin.wrong_pin")}</p>` : nothing}
    </form></details>`;
}
