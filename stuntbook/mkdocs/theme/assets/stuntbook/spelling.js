// What was meant by a word that the book does not have: loaded when there is one.

import { load } from "./finding.js";
import { formsOf } from "./question.js";

let names;

/** How many letters must be changed, added, left out or swapped with the next to make one word the other. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row.at(-1);
}

/** Words of the pages on which words begin as this one does. */
async function near(word, { index }) {
  const { results } = await index.search(word.slice(0, 3));
  const pages = await Promise.all(results.slice(0, 6).map((result) => result.data()));
  return pages.flatMap(({ content }) => content.split(/\s+/));
}

/** `one` and `two` are how many letters a word must have for so many slips in it. */
function nearestOf(word, chunks, { one, two }) {
  const most = word.length < one ? 0 : word.length < two ? 1 : 2;
  let best = { away: most + 1 };
  for (const chunk of new Set(chunks)) {
    for (const form of /^x\d+$/.test(chunk) ? [] : formsOf(chunk)) {
      const away = form.length > 2 ? distance(word, form, most) + (form[0] !== word[0]) / 2 : Infinity;
      if (away < best.away) best = { away, form, chunk };
    }
  }
  return best.form && { words: [best.form], text: shown(best) };
}

/** As the book writes it, without marks around it; a part of it as it was asked for. */
function shown({ form, chunk }) {
  const bare = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$|['’]s(?!\p{L}).*$/gu, "");
  return formsOf(bare)[0] === form ? bare : form;
}

/** The name or else the word that is meant, with its forms; nothing where none is near. */
export async function nearest(word, place) {
  names ??= await load("names.json");
  const whole = names.map((name) => name.replace(/\s+/g, ""));
  const every = names.flatMap((name) => name.split(/\s+/)).concat(whole);
  // Of names, most readers don't know the letters; another word is more often one that the book lacks.
  return nearestOf(word, every, { one: 4, two: 6 }) ?? nearestOf(word, await near(word, place), { one: 5, two: 8 });
}
