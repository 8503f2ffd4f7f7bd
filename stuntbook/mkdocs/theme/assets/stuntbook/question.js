// What a question asks, and when a word of the book is one of its words. What is done to the book's words before they
// are indexed is in `search_words.py`: the two belong together.

import { words } from "./shared.js";

const STOP = new Set(
  `a about after against all also am an and any are as at be been before between but by can could did do does during ever for
  from get got had has have he her him his how i if in into is it its just let many me more much my of off on onto or our out
  over per please really said say says she should show so some tell than that the their them then there these they this those
  through to under up was we were what when where which while who whom whose why will with without would you your`.split(/\s+/),
);
const ASKING = { __proto__: null, whom: "who", whose: "who", many: "how", much: "how", said: "say", says: "say" };
const ENDING = /^(e?s|ies|y|i?e?d|e?rs?|ors?|e|e?n|[bdgklmnprt]?ings?|[bdgmnprt]ed|ly|ous)?$/;
const ONES = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`.split(/\s+/);
const NUMBERS = new Map(ONES.map((word, value) => [word, value]));
"twenty thirty forty fifty sixty seventy eighty ninety".split(" ").forEach((word, at) => NUMBERS.set(word, 10 * at + 20));
const POWERS = { __proto__: null, hundred: 100, thousand: 1000, million: 1e6 };

let book;

/** The book's data, ready to be used. */
export function readBook(data) {
  book = { ...data, scripts: new RegExp(data.scripts, "gu") };
  book.synonyms = data.synonyms.map((group) => group.map((phrase) => plainWords(phrase)));
  return book;
}

const plainWords = (text) => words(text.toLowerCase().replace(/[^\0-\x7f]/g, (letter) => book.letters[letter] ?? letter).replace(/['’]s(?!\p{L})/gu, ""));

/** A run of a script without spaces as its overlapping pairs, told in digits. */
function pairs(run) {
  const points = Array.from(run, (character) => character.codePointAt());
  return points.map((point, at) => `x${point}${points[at + 1] ?? ""}`);
}

const PARTS = /[\s\-‐-―/:]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\d)(?=\p{L})/u;
const known = new Map();

/** All that a stretch of letters may be asked for: as a whole, and its parts. */
export function formsOf(chunk) {
  if (!known.has(chunk)) {
    const runs = [];
    const rest = chunk.normalize("NFC").replace(book.scripts, (run) => (runs.push(...pairs(run)), " "));
    const parts = rest.split(PARTS).flatMap(plainWords).filter((part) => part.length > 1);
    known.set(chunk, [...new Set([...plainWords(rest), ...parts, ...runs])]);
  }
  return known.get(chunk);
}

/** A stretch of text with all forms of its words. */
export const partOf = (chunks) => ({
  chunks,
  get forms() {
    return (this.all ??= [...new Set(chunks.flatMap(formsOf))]);
  },
  get plain() {
    return chunks.flatMap((chunk) => plainWords(chunk));
  },
});

function common(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Whether two words are forms of one, as far as their endings tell. */
export function inflected(one, other) {
  const at = common(one, other);
  const [end, ending] = [one.slice(at), other.slice(at)];
  return at >= (end && ending ? 4 : Math.min(3, one.length, other.length)) && ENDING.test(end) && ENDING.test(ending);
}

/** How well a word of the book is the one that is asked for, from 0 to 1. */
export function means(word, asked) {
  if (word === asked) return 1;
  if (word[0] !== asked[0] || /^\d+$/.test(asked)) return 0;
  if (asked.length > 2 && word.length > 2 && inflected(word, asked)) return 0.9;
  const at = common(word, asked);
  // What was typed so far; and an ending that another language has.
  if (at === asked.length) return 0.4 + (0.4 * at) / word.length;
  return at === word.length && at >= 4 && asked.length - at <= 2 ? 0.5 : 0;
}

/** Numbers in words as figures: “twenty-five thousand”, “25 thousand”. */
function* withFigures(list) {
  let total, group, told;
  for (const [at, word] of [...list, ""].entries()) {
    const value = /^\d+$/.test(word) && list[at + 1] in POWERS ? Number(word) : NUMBERS.get(word);
    if (value !== undefined || word in POWERS) {
      if (total === undefined) [total, group, told] = [0, 0, []];
      told.push(word);
      if (word === "hundred") group = (group || 1) * 100;
      else if (word in POWERS) [total, group] = [total + (group || 1) * POWERS[word], 0];
      else group += value;
    } else {
      if (told) yield { text: told.join(" "), words: [String(total + group)], told };
      total = told = undefined;
      if (word) yield { text: word, words: [word] };
    }
  }
}

/** The words of a question; of figures, whichever way they are set apart, all together. */
function wordsOf(text) {
  const figures = text
    .replace(/(\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d)k(?!\w)/gi, "$1000")
    .replace(/(\d)[\s-]*(?:foot|[′'])(?!\w)/gi, "$1 feet");
  const plain = [];
  const runs = [];
  for (const chunk of figures.normalize("NFC").split(/[\s\-‐-―/]+|(?<=\p{L}{2}):(?=\p{L}{2})|(?<=\d)(?=\p{L}{2})/u)) {
    const rest = chunk.replace(book.scripts, (run) => (runs.push(run), " "));
    plain.push(...plainWords(rest));
  }
  return { plain, runs };
}

/** How many words from a place of the question on have synonyms, and all of those. */
function synonymsAt(list, at) {
  const fits = (phrase) => phrase.length && phrase.every((word, index) => list[at + index] && inflected(list[at + index].words[0], word));
  const found = book.synonyms.map((group) => ({ group, length: Math.max(0, ...group.filter(fits).map((phrase) => phrase.length)) }));
  const length = Math.max(0, ...found.map(({ length }) => length));
  return { length, others: length ? found.filter((each) => each.length === length).flatMap(({ group }) => group) : [] };
}

function* grouped(list, slips) {
  const telling = list.some(({ text }) => !STOP.has(text));
  for (let at = 0; at < list.length; at++) {
    const { text, words: own, told } = list[at];
    const { length, others } = synonymsAt(list, at);
    if (telling && STOP.has(text) && !length) continue;
    const asked = list.slice(at, at + (length || 1)).flatMap(({ words }) => words);
    const also = [...others, told ?? [ONES[Number(own[0])]]].filter(([word]) => word && word !== asked.join());
    const forms = [{ words: asked, weight: 1 }, ...also.map((words) => ({ words, weight: 0.8 }))];
    const slip = slips.get(text);
    if (slip) forms[0].words = slip.words ?? plainWords(slip);
    if (!slips.has(text) || slip) yield { text, forms, slip };
    at += Math.max(0, length - 1);
  }
}

/** The terms of a question and its question words. `slips` holds what was meant by a word that the book lacks. */
export function termsOf(text, slips) {
  const { plain, runs } = wordsOf(text);
  const terms = [...grouped([...withFigures(plain)], slips)];
  for (const run of runs.filter((run) => !slips.has(run))) {
    const words = pairs(run);
    terms.push({ text: run, run, forms: [{ words: words.slice(0, Math.max(1, words.length - 1)), weight: 1 }] });
  }
  return { terms, words: plain, asked: plain.map((word) => ASKING[word] ?? word) };
}
