// Asks which methods fit, a moment after the last change. Nothing is chosen here: what a person chose stays chosen.
const QUIET_MS = 350;
const AGAIN_MS = 3000;
let waiting = null;

const question = (form, content) => ({
  people: form.names.length, minutes: form.minutes, experience: form.experience,
  case_type: !form.authority && form.kind && form.kind !== "nobody" ? form.kind : null, no_case: !form.authority && form.kind === "nobody", content,
});

/** The newest suggestions ([] while there are none yet), asked anew when the form or the shelf of methods changed. */
export function suggestions(p, form, content) {
  const wish = question(form, content);
  const key = JSON.stringify([wish, p.view.methods.map((method) => method.id), p.view.group?.opening]);
  const known = p.ui.suggested;
  if (known?.key !== key) soon(p, key, wish);
  const here = new Set(p.view.methods.map((method) => method.id));
  return { settled: known?.key === key, list: (known?.list ?? []).filter((one) => here.has(one.id)) };
}

function soon(p, key, wish, ms = QUIET_MS) {
  if (waiting?.key === key) return;
  clearTimeout(waiting?.timer);
  waiting = { key, timer: setTimeout(() => askNow(p, key, wish), ms) };
}

async function askNow(p, key, wish) {
  const answer = await p.ask("SuggestMethods", wish);
  if (waiting?.key !== key) return; // the form changed meanwhile
  if (answer) {
    waiting = null;
    p.set({ suggested: { key, list: answer.suggestions ?? [] } });
  } else waiting = { key, timer: setTimeout(() => (waiting = null), AGAIN_MS) };
}
