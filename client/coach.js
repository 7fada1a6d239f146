// A friendly eye on a sentence while it is being typed: at most one hint. Pure: nothing is sent, nothing is kept, nobody is judged.
// What it looks for is data (cards/coaching.json, per language); here are only the shapes of sentences.

const LONG_WORDS = 25;
const FEW_WORDS = 3;

/** @typedef {{code: string, good: boolean, text: object, better?: string}} Hint  `text` in all languages, `better` in the one that is typed */

/**
 * What a case question may still need, or that it is fine; null while there is too little to say anything.
 * @param {string} typed
 * @param {object|null} coaching what cards/coaching.json holds
 * @param {string} language of what is typed
 * @returns {Hint|null}
 */
export function coachCase(typed, coaching, language) {
  const cues = coaching?.case_cues[language];
  const text = tidy(typed);
  if (!cues || wordsOf(text).length < FEW_WORDS) return null;
  const code = caseCode(text, cues, coaching.cues[language]);
  return code && { code, good: code === "good", text: coaching.case[code] };
}

function caseCode(text, cues, { closed_start: closed }) {
  const sentences = sentencesOf(text);
  const asks = (sentence) => sentence.endsWith("?") || starts(sentence, [...cues.question_words, ...closed]);
  if (!holds(text, cues.i)) return "no_i";
  if (wordsOf(text).length > LONG_WORDS) return "too_long";
  if (marks(text) > 1 || sentences.filter(asks).length > 1 || isList(text, cues.question_words)) return "several";
  if (!sentences.some(asks)) return "not_a_question";
  if (holds(text, cues.general)) return "general";
  return text.endsWith("?") ? "good" : null; // still being typed
}

/**
 * What would make a question for the case owner more open, with a better form; null when it is open or too short.
 * @param {string} typed
 * @param {object|null} coaching what cards/coaching.json holds
 * @param {string} language of what is typed
 * @returns {Hint|null}
 */
export function coachQuestion(typed, coaching, language) {
  const cues = coaching?.cues[language];
  const text = tidy(typed);
  if (!cues || wordsOf(text).length < FEW_WORDS) return null;
  const code = questionCode(text, cues, coaching.case_cues[language].question_words);
  return code && { code, good: false, text: coaching.kinds[code].hint, better: betterForm(text, code, coaching, language) };
}

/** The kinds in which advice hides. */
export const hidesAdvice = (hint) => hint?.code === "advice" || hint?.code === "question_leading";

function questionCode(text, cues, questionWords) {
  const sentences = sentencesOf(text).map((sentence) => ({ sentence, open: isOpen(sentence, cues) }));
  const leads = ({ sentence, open }) => (open ? begins(sentence, cues.leading, cues.open_start) : holds(sentence, cues.leading)); // inside an open question such words are innocent
  const said = (kind) => sentences.some(({ sentence, open }) => !open && holds(sentence, cues[kind]));
  if (said("interpretation")) return "interpretation";
  if (sentences.some(leads)) return "question_leading";
  if (sentences.some(({ sentence, open }) => !open && !isWhy(sentence, cues) && holds(sentence, cues.advice))) return "advice";
  const aside = ["judgement", "experience"].find(said);
  if (aside) return aside;
  if (marks(text) > 1 || isList(text, [...questionWords, ...cues.open_start])) return "multiple";
  if (sentences.some(({ sentence }) => isWhy(sentence, cues))) return "why";
  return sentences.some(({ sentence, open }) => !open && isClosed(sentence, cues, questionWords)) ? "question_closed" : null;
}

/** The better form of the example that is most like what was typed. */
function betterForm(text, code, { rewrites }, language) {
  const typed = new Set(wordsOf(text));
  const alike = ({ bad }) => wordsOf(tidy(bad[language] ?? "")).filter((word) => typed.has(word)).length;
  const fitting = rewrites.filter(({ kind, good }) => kind === code && good[language]);
  const best = fitting.reduce((most, one) => (most && alike(most) >= alike(one) ? most : one), null);
  return best?.good[language];
}

// --- shapes of sentences ---

const tidy = (typed) => typed.toLowerCase().replace(/[’‘`´]/g, "'").replace(/\s+/g, " ").trim();
const wordsOf = (text) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
const sentencesOf = (text) => text.match(/[^.!?]+[.!?]*/g)?.map((sentence) => sentence.trim()).filter((sentence) => wordsOf(sentence).length > 0) ?? [];
const clausesOf = (sentence) => sentence.split(/[,;:–—]/).map((clause) => clause.trim()).filter(Boolean);
const marks = (text) => text.match(/\?+/g)?.length ?? 0;
const letter = /[\p{L}\p{N}']/u;

/** Whether a cue stands in the text as whole words. */
function holds(text, cues) {
  return cues.some((cue) => placesOf(text, cue).length > 0);
}

function placesOf(text, cue) {
  const found = [];
  for (let at = text.indexOf(cue); at >= 0; at = text.indexOf(cue, at + 1)) {
    const after = text[at + cue.length] ?? " ";
    const whole = !letter.test(text[at - 1] ?? " ") && !(letter.test(cue.at(-1)) && letter.test(after));
    if (whole) found.push(at);
  }
  return found;
}

const starts = (text, cues) => cues.some((cue) => placesOf(text, cue)[0] === 0);

/** The text without its first word: "and how", "but why", "Chaima, what". */
const afterFirst = (clause) => clause.replace(/^[^\s]+\s+/, "");

/** Whether a clause begins with a cue, perhaps after one small word. */
const startsSoon = (clause, cues) => starts(clause, cues) || starts(afterFirst(clause), cues);

/** Whether a clause of an open question begins with a cue ("but what if you"), or the text ends in one ("..., right?"). */
function begins(sentence, cues, openers) {
  const soon = (clause) => starts(clause, cues) || (!starts(clause, openers) && starts(afterFirst(clause), cues));
  return clausesOf(sentence).some(soon) || cues.some((cue) => !letter.test(cue.at(-1)) && placesOf(sentence, cue).some((at) => at + cue.length === sentence.length));
}

/** An open question: it begins so, or opens after a beginning that asks nothing ("When that is answered, which ..."). */
function isOpen(sentence, cues) {
  if (starts(sentence, cues.closed_start) || isWhy(sentence, cues)) return false;
  return clausesOf(sentence).some((clause) => startsSoon(clause, cues.open_start));
}

const isWhy = (sentence, cues) => clausesOf(sentence).some((clause) => startsSoon(clause, cues.why));

/** A closed question; "can you tell me how" is an open one in a polite coat. */
function isClosed(sentence, cues, questionWords) {
  const invites = cues.open_start.filter((cue) => !wordsOf(cue).some((word) => questionWords.includes(word))); // "tell me", "describe"
  if (invites.some((cue) => sentence.includes(` ${cue.slice(0, -1)}`))) return false; // "tell", "telling", "beschrijf", "beschrijven"
  return starts(sentence, cues.closed_start) || (sentence.endsWith("?") && clausesOf(sentence).some((clause) => startsSoon(clause, cues.closed_start)));
}

/** Three parts or more that ask, joined by the same small word: "What did he think, and you, and what now?" */
function isList(text, questionWords) {
  return sentencesOf(text).some((sentence) => {
    const clauses = clausesOf(sentence);
    const joins = clauses.map((clause) => wordsOf(clause)[0]).filter((word) => !questionWords.includes(word));
    const asking = clauses.filter((clause) => startsSoon(clause, questionWords)).length;
    return clauses.length > 2 && ((asking > 1 && new Set(joins).size < joins.length) || asking > 3);
  });
}
