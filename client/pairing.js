// Who this screen is: the PIN goes out, a role comes back. The cookie itself is out of reach of scripts.

/** {role, seat} of this screen; role null: a stranger. */
export async function whoami() {
  const answer = await fetch("/whoami", { cache: "no-store" });
  return answer.ok ? answer.json() : { role: null, seat: null };
}

/** Pairs with a PIN, or gives a phone that is paired (no PIN) its seat: {role} or {refused: code}. */
export async function pair(pin, seat = null) {
  const body = JSON.stringify({ ...(pin ? { pin } : {}), ...(seat ? { seat } : {}) });
  try {
    const answer = await fetch("/pair", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const said = await answer.json().catch(() => ({}));
    return answer.ok ? said : { refused: said.refused ?? "no_answer" };
  } catch {
    return { refused: "no_line" };
  }
}

/** This screen leaves the meeting. */
export async function leave() {
  await fetch("/leave", { method: "POST" });
}

/** Takes `#pin=123456` out of the address, so that it does not linger in history or over a shoulder. */
export function pinFromAddress() {
  const found = /^#pin=(\d{6})$/.exec(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return found?.[1] ?? null;
}
