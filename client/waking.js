// Tells when this screen comes back: looked at again, out of the browser's memory, on the network again, or after the device slept. It knows nothing of a meeting and never draws.

const LOOK_MS = 1000;
const SLEPT_MS = 5000;

/** Calls `back` at each coming back, while the page can be seen. */
export function whenBack(back) {
  const seen = () => document.visibilityState === "visible" && back();
  let last = reading();
  const look = () => {
    const now = reading();
    const slept = Math.max(now.steady - last.steady, now.wall - last.wall) > SLEPT_MS;
    last = now;
    if (slept) seen();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("pageshow", seen);
  window.addEventListener("online", seen);
  window.addEventListener("focus", look);
  setInterval(look, LOOK_MS);
}

/** Two clocks: on some devices the steady one stands still in sleep. The one on the wall only tells that time went by, never what time it is. */
const reading = () => ({ steady: performance.now(), wall: Date.now() });
