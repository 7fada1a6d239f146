// How others come in: picture, address, PIN. The picture is drawn by our own server and taken apart as a document, not as text.
import { html, nothing } from "lit-html";

const drawn = new Map();

/** The QR as a node; null when the server gave none or something that is no picture. */
function picture(source) {
  if (!source) return null;
  if (!drawn.has(source)) {
    // Read as a page: an SVG drawing made for pages has no namespace of its own, and as a picture file it would stay invisible.
    const root = new DOMParser().parseFromString(source, "text/html").querySelector("svg");
    drawn.clear();
    drawn.set(source, root ? scalable(document.importNode(root, true)) : null);
  }
  return drawn.get(source);
}

/** A drawing that states only its size is given a view box, so that it fills its place. */
function scalable(root) {
  if (!root.hasAttribute("viewBox")) root.setAttribute("viewBox", `0 0 ${parseFloat(root.getAttribute("width"))} ${parseFloat(root.getAttribute("height"))}`);
  root.removeAttribute("width");
  root.removeAttribute("height");
  return root;
}

/** The card with which a phone joins. */
export function joinCard({ t, view }) {
  if (!view.join) return nothing;
  const { url, pin, qr } = view.join;
  const address = url.replace(/#.*$/, "").replace(/\/$/, "");
  return html`<section class="join" aria-label=${t("join.title")}>
    <div class="qr" role="img" aria-label=${t("join.qr")}>${picture(qr) ?? nothing}</div>
    <div><h2>${t("join.title")}</h2>
      <p class="quiet">${t("join.how")}</p>
      <p class="address">${address}</p>
      <p class="pin-shown"><span class="quiet">${t("join.pin")}</span> <b>${pin.slice(0, 3)} ${pin.slice(3)}</b></p></div>
  </section>`;
}
