// What an open group lets this device remember of tonight, item by item. What it chose before is ticked; erasing stays first, and what is not ticked goes.
import { html } from "lit-html";

const OF_THE_GROUP = ["answers", "pulse", "methods", "attendance", "figures"];

/** Whether anything is ticked now that the group would keep. */
export const anyTicked = ({ view, ui }, own) => [...own.map(({ name }) => name), ...OF_THE_GROUP.filter((name) => there(view, name))].some((name) => ui.keep?.[name] ?? usual(view.group, name));

/** The part beside erasing; `own` are the things of tonight that can be kept, [{name, text}]. */
export function keepingGroup(p, own) {
  const { t, view: { group }, view, set, send, ui } = p;
  const items = [...own.map((one) => ({ ...one, label: t(`keep.${one.name}`) })), ...OF_THE_GROUP.filter((name) => there(view, name)).map((name) => ({ name, text: t(`evening.item.${name}.more`), label: t(`evening.item.${name}`) }))];
  const ticked = items.map(({ name }) => name).filter((name) => ui.keep?.[name] ?? usual(group, name));
  const keep = async () => {
    if (await send("RememberEvening", { items: ticked })) set({ notice: t("keep.done"), keep: null });
  };
  const item = ({ name, label, text }) => {
    const on = ticked.includes(name);
    return html`<li><label class="choice keep-item ${on ? "chosen" : ""}"><input type="checkbox" data-keep=${name} .checked=${on} @change=${(event) => set({ keep: { ...ui.keep, [name]: event.target.checked } })}>
      <span class="tick" aria-hidden="true">${on ? "✓" : ""}</span><span>${label}<i>${text}</i><i class="until">${t(`evening.until.${until(group, name, on)}`)}</i></span></label></li>`;
  };
  return html`<div class="ending-keep" data-keep-group><h3>${t("evening.keep.title", { group: group.name })}</h3><p class="quiet">${t("evening.keep.how")}</p>
    <ul class="keep-items">${items.map(item)}</ul>
    <p class="quiet" role="status">${ticked.length ? t("keep.rest") : t("evening.keep.nothing")}</p>
    <button class="plain" data-action="keep" @click=${keep}>${t("keep.button")}</button></div>`;
}

/** The rule the group has for this; a question is kept as long as its intention, agreements are the plan of the next evening. What is ticked against the rule is kept from now on. */
function until({ keep }, name, on) {
  if (name === "agreements") return "plan";
  const about = name === "question" ? "intention" : name;
  const rule = keep?.[about] ?? "no";
  return rule === "no" && on ? `now_${about === "intention" ? "next" : "season"}` : rule;
}

const usual = ({ keep }, name) => (keep?.[OF_THE_GROUP.includes(name) ? name : "intention"] ?? "no") !== "no";

/** What there is nothing of cannot be kept. */
function there({ evaluation, summary }, name) {
  if (name === "answers") return Object.keys(evaluation?.results ?? {}).length > 0;
  if (name === "pulse") return Object.keys(evaluation?.pulse?.results ?? {}).length > 0;
  return name !== "figures" || Boolean(summary);
}
