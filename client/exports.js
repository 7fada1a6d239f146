// The numbers of a meeting as files, made in this browser out of the view. Nothing is sent anywhere, and no word of a card is in them.
import { inOrder } from "./views/around.js";

const NUMBERS = ["seconds", "share", "turns", "backchannels", "expected", "planned"];
const MARK = "\uFEFF"; // by which a table program knows that names are in UTF-8
const HEAD = ["part", "phase", "name", "case", "lap", "asked", "seat", "person", "role", ...NUMBERS];

/** All numbers, indented; texts of the method stay in all their languages. With one peer, no count that would be that person's. */
export function toJson(summary) {
  const told = summary.few_peers ? { ...withoutCounts(summary), phases: summary.phases.map(withoutCounts) } : summary;
  return `${JSON.stringify(told, null, 2)}\n`;
}

function withoutCounts({ flags: _flags, acts: _acts, kinds: _kinds, ...rest }) {
  return rest;
}

/** A row for each seat as people sat (without seconds where only turns are counted) and for each kind of time that is nobody's, of the whole meeting and of each phase. `say` picks a language. */
export function toCsv(summary, say) {
  const whole = { part: "meeting", planned: summary.planned == null ? null : summary.planned * 60 };
  const order = inOrder(summary);
  const rows = [...rowsOf(whole, summary, summary.seats, order)];
  for (const phase of summary.phases) {
    const about = { part: "phase", phase: phase.id, name: say(phase.name), case: phase.case, lap: phase.lap, asked: phase.asked ?? phase.balance, planned: phase.planned };
    rows.push(...rowsOf(about, phase, summary.seats, order));
  }
  return `${MARK}${[HEAD.join(","), ...rows.map((row) => HEAD.map((key) => cell(row[key], NUMBERS.includes(key))).join(","))].join("\r\n")}\r\n`;
}

function rowsOf(about, part, people, order) {
  const seats = order.map((letter) => {
    const { measured = true, name } = people[letter];
    const told = part.seats[letter] ?? {};
    return { ...about, seat: letter, person: name, role: told.role ?? people[letter].role, ...(measured ? told : {}), name: about.name };
  });
  const nobody = ["silence", "several", "unknown"].map((kind) => ({ ...about, seat: kind, seconds: part[kind] }));
  return [...seats, ...nobody];
}

/** Numbers bare with a dot; texts quoted, and none that a table would take for a formula. */
function cell(value, number) {
  if (value == null) return "";
  if (number || typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/** Hands a text to the person as a file. */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
