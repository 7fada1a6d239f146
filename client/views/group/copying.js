// A text to take along: shown whole, copied with one tap. It goes to the clipboard of this screen and nowhere else.
import { html } from "lit-html";
import { live } from "lit-html/live";

/** The text with its button. `label` is heard, and stands above it when `shown`. */
export function copying(p, { id, label, text, shown = false }) {
  const { t, ui, set } = p;
  const copy = async (event) => {
    const area = event.currentTarget.closest(".copying").querySelector("textarea");
    set({ groupCopied: { id, done: await copied(area) } });
  };
  const told = ui.groupCopied?.id === id ? ui.groupCopied : null;
  return html`<div class="copying" data-copying=${id}><label class=${shown ? "legend-head" : "unseen"} for="copy-${id}">${label}</label>
    <textarea id="copy-${id}" readonly rows=${Math.min(12, text.split("\n").length + 2)} .value=${live(text)}></textarea>
    <div class="add-row"><button class="plain" data-action="copy-${id}" @click=${copy}>${t("group.copy")}</button>
      <p class="quiet" role="status">${told ? (told.done ? t("group.copied") : t("group.copy_failed")) : ""}</p></div></div>`;
}

/** Where the browser has no clipboard for this page, the text is selected and copied as by hand. */
async function copied(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.select();
    return document.execCommand("copy");
  }
}
