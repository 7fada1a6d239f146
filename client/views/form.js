// What the start form holds: first values, what is kept of it through a reload (in this tab only), and what is asked of the server.
const KEY = "kring.form";
const LEAST = 3;
const MOST = 8;
let opened = null;

/** Answers that have no place in a meeting that is open. */
const blank = { kind: "", experience: "first", voluntary: null, authority: null, trainer: null, theme: "", sensitivity: "normal", balance: "live" };

/** What the form holds first: what was typed in this tab, else nothing yet. */
export function firstForm(p) {
  const kept = remembered();
  return kept && methodOf(p, kept.method) ? kept : untouched(p);
}

/** The form before anybody touched it: the fixed method of a new group, five chairs. */
export function untouched({ view, t }) {
  const method = methodOf({ view }, "five_phase") ?? view.methods[0];
  const seats = Math.min(MOST, Math.max(LEAST, method?.group_min ?? 5, 5));
  return { ...blank, language: view.language ?? t.language, method: method?.id, minutes: method?.minutes ?? 90, names: Array(seats).fill(""), facilitator: "A" };
}

/** The form as it goes: until a person picks a method, the first suggestion is the one that is chosen. */
export function following({ view, ui }, form) {
  if (form.picked || form.authority) return form;
  const first = ui.suggested?.list.find((one) => one.fits && methodOf({ view }, one.id));
  return first ? { ...form, method: first.id } : form;
}

export const methodOf = ({ view }, id) => view.methods.find((one) => one.id === id);

/** Whether a trainer brings a theme instead of somebody a case. */
export const withTrainer = (p, form) => methodOf(p, form.method)?.form === "content";

/** What stands in the way of sitting down: "no_method", "too_few", "too_many", "authority", or nothing. */
export function inTheWay(p, form) {
  if (form.names.length < LEAST) return "too_few";
  if (form.names.length > MOST) return "too_many";
  if (!methodOf(p, form.method)) return "no_method";
  return form.authority && !withTrainer(p, form) ? "authority" : null;
}

/** The wish, in the words of the server; of an open group with the chairs that are its members'. */
export function openingOf(p, form) {
  const content = withTrainer(p, form);
  return {
    method: form.method, language: form.language, names: form.names.map((name) => name.trim()), minutes: form.minutes, facilitator: form.facilitator, sensitivity: form.sensitivity, balance: form.balance,
    authority: form.authority === true, trainer: content ? form.trainer : null, theme: content ? form.theme.trim() : "",
    ...(form.members ? { members: form.members } : {}),
  };
}

/** The form as it was, out of a meeting that was opened and goes back. */
export function formOf(view) {
  const withRole = (role) => view.seats.find((seat) => seat.role === role)?.letter ?? null;
  const trainer = withRole("expert");
  return {
    ...blank, ...opened,
    language: view.language, method: view.method.id,
    minutes: Math.round(view.phases.reduce((sum, phase) => sum + phase.minutes, 0)),
    names: view.seats.map((seat) => (seat.name === seat.letter ? "" : seat.name)),
    facilitator: withRole("facilitator") ?? trainer ?? "A",
    sensitivity: view.sensitivity, balance: view.balance?.shown ?? blank.balance, theme: view.theme ?? "", trainer,
  };
}

// --- what a person typed survives a reload of this tab, and nothing longer ---

export function remember(form) {
  sessionStorage.setItem(KEY, JSON.stringify(form));
}

export function forget(form) {
  opened = form;
  sessionStorage.removeItem(KEY);
}

function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(kept?.names) ? { ...blank, ...kept } : null;
  } catch {
    return null;
  }
}
