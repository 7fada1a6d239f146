// The real pages with a line that is not there: `?view=analysis&language=nl&theme=dark` shows a sample, `?view=pin` a stranger; what is asked is kept in `window.asked`; `lose()` and `shut()` are the line's.
import { run } from "/client/app.js";
import { room } from "/client/rooms.js";
import { afterEvent, afterSnapshot, nothing } from "/client/state.js";

const wished = new URLSearchParams(location.search);
for (const key of ["language", "theme", "picture", "lies", "quarter"]) if (wished.get(key)) localStorage.setItem(`kring.${key}`, wished.get(key));
const name = wished.get("view");
const view = name && name !== "pin" ? await (await fetch(`/tests/client/samples/${name}.json`)).json() : null;
window.asked = [];
window.paired = [];
window.started = 0;

function connection({ changed, refused }) {
  let state = nothing;
  let lost = false;
  window.tell = (changes) => changed((state = afterEvent(state, { seq: state.seq + 1, after: state.seq, changes }, performance.now()).state));
  window.lose = () => {
    lost = true;
    changed(state);
  };
  window.shut = () => void refused();
  return {
    start() {
      window.started += 1;
      if (view) changed((state = afterSnapshot(state, { seq: 1, view }, performance.now())));
    },
    stop() {},
    restart() {},
    lost: () => lost,
    async command(command, fields = {}) {
      window.asked.push({ command, ...fields });
      return window.answer ?? { ok: true };
    },
  };
}

const pairing = {
  async whoami() {
    if (window.unreachable) throw new TypeError("no network");
    return { role: (!window.forgotten && view?.role) || null, seat: null };
  },
  pair: async (pin, seat) => {
    window.paired.push({ pin, seat });
    return { refused: "wrong_pin" };
  },
  leave: async () => {},
  pinFromAddress: () => null,
};

// What a screen fetches while nobody waits is here at once: a test asks right after a tap.
for (const one of ["sheets", "more", "look"]) while (!room(one, () => {})) await new Promise((on) => setTimeout(on, 5));
const { tune } = await run({ mount: document.getElementById("page"), connection, pairing });
window.tune = tune;
document.documentElement.dataset.ready = "yes";
