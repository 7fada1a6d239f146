// The browser's Back closes what lies over the page before it leaves the page. It knows how many layers there are, and nothing of what is in them.

/**
 * Keeps as many entries in the history as there are layers open.
 * @param {{close: () => void}} given  `close` takes the topmost layer away
 * @returns {(layers: number) => void}  to be told after each picture
 */
export function backCloses({ close }) {
  let layers = 0;
  let going = false;
  const entries = () => history.state?.layers ?? 0;

  function agree() {
    if (going) return;
    for (let n = entries() + 1; n <= layers; n += 1) history.pushState({ layers: n }, "");
    if (entries() <= layers) return;
    going = true;
    history.go(layers - entries());
  }

  window.addEventListener("popstate", () => {
    // Of our own going back nothing is to be closed any more; of a person's, what the entry stood for.
    const pressed = !going;
    going = false;
    if (pressed) for (let n = layers - entries(); n > 0; n -= 1) close();
    agree();
  });

  return (open) => {
    layers = open;
    agree();
  };
}
