// How other screens come in: picture, address, PIN. The picture is drawn by our own server and taken apart as a document, not as text.
import { html, nothing } from "lit-html";
import { sheet } from "./sheet.js";

const drawn = new Map();

/** The QR as a node, one for each place it stands in (a node can be in one place only); null when the server gave none or something that is no picture. */
export function qrPicture(source, place = "page") {
  if (!source) return null;
  const key = `${place} ${source}`;
  if (!drawn.has(key)) {
    // Read as a page: an SVG drawing made for pages has no namespace of its own, and as a picture file it would stay invisible.
    const root = new DOMParser().parseFromString(source, "text/html").querySelector("svg");
    if (drawn.size > 5) drawn.clear();
    drawn.set(key, root ? scalable(document.importNode(root, true)) : null);
  }
  return drawn.get(key);
}

/** A drawing that states only its size is given a view box, so that it fills its place. */
function scalable(root) {
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${parseFloat(root.getAttribute("width"))} ${parseFloat(root.getAttribute("height"))}`);
  root.removeAttribute("width");
  root.removeAttribute("height");
  return root;
}

/** The card with which a phone joins; `place` names where it stands when there may be two. */
export function joinCard({ t, view }, place = "page") {
  if (!view.join) return nothing;
  return wayIn(t, view.join, { name: "phone", place, title: t("join.title"), how: t("join.how"), qr: t("join.qr") });
}

/** The sheet with which a second screen becomes a screen for the whole table. */
export function secondScreenSheet({ t, view, set }) {
  return sheet({
    name: "second", title: t("second.title"), close: () => set({ sheet: null }), closeLabel: t("close"), small: true,
    content: view.table_screen ? wayIn(t, view.table_screen, { name: "second", place: "second", title: "", how: t("second.how"), qr: t("second.qr") }) : nothing,
  });
}

/** Picture, address and digits; `words` say for whom. */
function wayIn(t, { url, pin, qr }, words) {
  const [scheme, host, port = ""] = url.replace(/#.*$/, "").replace(/\/$/, "").split(/(?<=\/\/)|(?=:[0-9]+$)/);
  return html`<section class="join" aria-label=${words.title || words.qr} data-join=${words.name}>
    <div class="qr" role="img" aria-label=${words.qr}>${qrPicture(qr, words.place) ?? nothing}</div>
    <div>${words.title ? html`<h2>${words.title}</h2>` : nothing}
      <p class="quiet">${words.how}</p>
      <p class="address">${scheme}<wbr>${host}<wbr>${port}</p>
      <p class="pin-shown"><span class="quiet">${t("join.pin")}</span> <b>${pin.slice(0, 3)} ${pin.slice(3)}</b></p></div>
  </section>`;
}
