// The focus stays where a person is, also when what had it is drawn no more. It never decides what is drawn.

const SAME = ["data-action", "data-tab", "data-field", "data-seat"];

/** Draws; where that took away what had the focus, the focus goes to what came in its place, else to the heading nearby. */
export function keepFocus(root, draw) {
  const had = document.activeElement;
  const around = pathOf(had, root);
  const seen = had?.matches(":focus-visible") ?? false;
  draw();
  if (!around.length || !isGone(had) || holdsFocus()) return;
  const place = twin(had, root) ?? nearby(around, root);
  if (!place) return;
  if (!place.matches("button, a, input, textarea, select, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: !seen });
}

/** What is around an element of the page, nearest first; empty when the focus is nowhere. */
function pathOf(element, root) {
  const path = [];
  if (!element || !root.contains(element) || element === root) return path;
  for (let one = element.parentElement; one && one !== root; one = one.parentElement) path.push(one);
  return path;
}

const isGone = (element) => !element.isConnected || element.disabled;

const holdsFocus = () => {
  const now = document.activeElement;
  return Boolean(now && now !== document.body && !now.disabled);
};

/** The same control where the page was drawn anew. */
function twin(had, root) {
  const top = [...root.querySelectorAll("dialog[open]")].at(-1) ?? root;
  for (const name of SAME) {
    const value = had.getAttribute?.(name);
    const found = value && [...top.querySelectorAll(`[${name}]`)].find((one) => one.getAttribute(name) === value && !one.disabled);
    if (found) return found;
  }
  return null;
}

/** Where one is in a row, or the heading of the nearest part that is still there. */
function nearby(around, root) {
  const open = [...root.querySelectorAll("dialog[open]")].at(-1);
  for (const part of around) {
    if (!part.isConnected || (open && !open.contains(part))) continue;
    const found = part.querySelector("[aria-current]:not(:disabled)") ?? part.querySelector("h1, h2, h3, legend");
    if (found) return found;
  }
  const page = open ?? root;
  return page.querySelector("h1") ?? page.querySelector("h2") ?? page.querySelector("main");
}
