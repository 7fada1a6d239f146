// What was ticked on this tab and is not sent yet, so that Back and a reload lose nothing of it. For the same people at the same moment only; never names nor texts.

const KEY = "kring.begun";

/** What was ticked at the moment called `moment`; of any other moment it is forgotten. */
export function begun(moment) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept?.moment === mark(moment)) return kept.ticks;
    sessionStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing
  }
  return {};
}

/** Keeps these ticks of this moment. */
export function holdTicks(moment, ticks) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ moment: mark(moment), ticks }));
  } catch {
    // then they live as long as the page
  }
}

/** A number for a moment: the names in it are not written down. */
function mark(moment) {
  let sum = 0;
  for (const sign of moment) sum = (Math.imul(sum, 31) + sign.codePointAt(0)) | 0;
  return sum;
}
