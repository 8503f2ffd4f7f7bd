// What of the book answers a question best. Pagefind finds pages; what on them is meant is weighed here.

import { inflected, means, partOf, readBook, termsOf } from "./question.js";

const FOLDER = new URL("../../pagefind/", import.meta.url);

export async function load(name) {
  const answer = await fetch(new URL(name, FOLDER));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** What is made once; after a failure, anew. */
function once(make) {
  let made;
  return () => (made ??= make().catch((error) => {
    made = undefined;
    throw error;
  }));
}

/** The book's own data about its words. */
export const openBook = once(async () => readBook(await load("book.json")));
/** Pagefind's index. A worker would be one more file, for what takes some milliseconds. */
const openIndex = once(async () => (await import(new URL("pagefind.js", FOLDER))).createInstance({ noWorker: true }));

/** A page as it was indexed: its names, what it is found by too, its statements. */
const read = new Map();

function pageOf({ url, content, meta, filters, anchors }) {
  if (read.has(url)) return read.get(url);
  const chunks = content.split(/\s+/);
  const part = (from, to) => partOf(chunks.slice(from, to));
  const [kind] = filters.kind;
  const names = [meta.title, ...(meta.aliases?.split(", ") ?? [])];
  const page = { url, kind, title: meta.title, names: names.map((name) => partOf(name.split(/\s+/))), statements: [] };
  // Of pages about the book, the headings have anchors.
  const marks = anchors.filter(({ id }) => id.includes(":"));
  page.text = part(names.join(" ").split(/\s+/).length, marks[0]?.location);
  const statements = {};
  marks.forEach(({ id, location }, at) => {
    const [ids, status, kind] = id.split(":");
    const words = part(location, marks[at + 1]?.location);
    if (!ids) page.words = words;
    else if (status === "cited") for (const each of ids.split(",")) statements[each].cited.push(words);
    else if (status === "words") statements[ids].words = words;
    else statements[ids] = { anchor: `#${ids}`, status: status.replaceAll("-", " "), kind, own: words, cited: [] };
  });
  page.statements = Object.values(statements);
  page.context = [...page.names, partOf((filters.film ?? []).join(" ").split(/\s+/))];
  page.all = [page.text, ...page.statements.flatMap(({ own, cited }) => [own, ...cited])];
  page.lead = ["summary", "story"].map((each) => page.statements.find(({ kind }) => kind === each)).find(Boolean)?.own ?? page.text;
  read.set(url, page);
  return page;
}

/** How well some parts hold a term, from 0 to 1: the best of its forms, each as good as its worst word. */
const holds = (term, parts) =>
  Math.max(0, ...parts.map((part) => Math.max(...term.forms.map(({ words, weight }) =>
    weight * Math.min(...words.map((word) => part.forms.reduce((best, form) => Math.max(best, means(form, word)), 0)))))));

/** Weighed by how rare the terms are: how well they are met, and how many of them. */
function weighed(terms, valueOf) {
  let [sum, score, met] = [0, 0, 0];
  for (const term of terms) {
    const value = valueOf(term);
    if (value) term.known = true;
    sum += term.rarity;
    score += term.rarity * value;
    met += value && term.rarity;
  }
  return { score: score / sum, met: met / sum };
}

const SORTS = ["stunt", "film", "person", "injury", "quote", "source"];
const PLURALS = { person: "people" };
const isKind = ({ forms }, kind) => forms.some(({ words: [word] }) => inflected(word, kind) || word === PLURALS[kind]);
const KIND_WEIGHTS = { List: 0.9, Source: 0.75, About: 0.5, Help: 0.3 };
/** The kinds of statement that answer a question word. */
const ANSWERS = {
  __proto__: null,
  who: "injury performer credit quote",
  where: "place",
  when: "event year born died award",
  how: "measure",
  say: "quote",
};

/** How much of a page's name is asked for: 3 for the whole of one, else the share of it that all terms make up. */
function named(page, { terms, words }) {
  // One word that is the name of a page about the book means the book's own matter as a rule.
  const most = words.length > 1 || !["About", "Help"].includes(page.kind) ? 3 : 1;
  if (page.names.some(({ plain }) => plain.join("") === words.join(""))) return most;
  const naming = page.kind === "List" ? terms : terms.filter((term) => !SORTS.some((sort) => isKind(term, sort)));
  if (!naming.length) return 0;
  const whole = page.names.filter((name) => naming.every((term) => holds(term, [name]) > 0.5));
  const length = naming.flatMap(({ forms: [{ words }] }) => words).length;
  return Math.max(0, ...whole.map(({ plain }) => Math.min(1, length / plain.length)));
}

/** What help for editors has figures for is examples. */
const isExample = ({ forms: [{ words }] }, { kind }) => kind === "Help" && words.every((word) => /^\d+$/.test(word));

function recordHit(page, question) {
  const own = page.words ? [page.words] : [];
  const name = named(page, question);
  const { score, met } = weighed(question.terms, (term) => isExample(term, page) ? 0 :
    Math.max((1 + name / 2) * holds(term, page.names), 0.9 * holds(term, own), 1.2 * isKind(term, page.kind.toLowerCase()), 0.45 * holds(term, page.all)));
  const answers = page.kind === "Person" && question.asked.includes("who");
  const [title, ...others] = page.names;
  const alias = others.find((other) => question.terms.some((term) => holds(term, [other]) > 0.5 && holds(term, [title]) <= 0.5));
  return { page, kind: page.kind, anchor: "", alias, excerpt: page.lead, met, score: (score + name + 0.4 * answers) * (KIND_WEIGHTS[page.kind] ?? 1) };
}

function statementHit(page, statement, { terms, asked }) {
  const { own, cited, kind } = statement;
  const found = statement.words ? [statement.words] : [];
  const places = (term) => Math.max(holds(term, [own]), 0.95 * holds(term, found), 0.65 * holds(term, cited));
  if (terms.length && !terms.some((term) => places(term) || isKind(term, kind))) return;
  const around = (term) => Math.max(1 * isKind(term, kind), 0.5 * isKind(term, page.kind.toLowerCase()), 0.5 * holds(term, page.context));
  const { score, met } = weighed(terms, (term) => Math.max(places(term), around(term)));
  const answers = asked.some((word) => ANSWERS[word]?.split(" ").includes(kind) || (word === "how" && own.forms.some((form) => /\d/.test(form))));
  const told = terms.some((term) => holds(term, [own]) || holds(term, found));
  const source = told ? undefined : cited.find((part) => terms.some((term) => holds(term, [part])));
  return { page, ...statement, kind, excerpt: own, source, met, score: (score + 0.4 * answers) / (1 + own.chunks.length / 150) };
}

export const filterOf = ({ kind, page }) => (kind === page.kind ? kind : kind === "quote" ? "Quote" : "Statement");

function* hitsOf(page, question, wanted) {
  const fits = (hit) => hit && hit.met > 0 && (!wanted.kind || wanted.kind === filterOf(hit)) && (!wanted.status || wanted.status === hit.status);
  const every = [recordHit(page, question), ...page.statements.map((each) => statementHit(page, each, question))];
  yield* every.filter((hit) => fits(question.terms.length ? hit : hit && { ...hit, met: 1 }));
}

/** The pages that Pagefind finds for any of the terms, those first that hold the rare ones. */
async function pagesFor({ index, book }, terms, filters, limit) {
  const pages = new Map();
  const first = new Set();
  for (const term of terms) {
    const own = new Map();
    for (const { words, weight } of term.forms) {
      const { results } = await index.search(words.join(" "), { filters });
      for (const result of results) own.set(result, (weight * result.score) / results[0].score);
    }
    term.rarity = Math.log(1 + book.pages / (0.5 + own.size)) * (term.weight ?? 1);
    for (const [result, score] of own) {
      const page = pages.get(result.id) ?? { result, score: 0 };
      pages.set(result.id, { result, score: page.score + term.rarity * score });
    }
    const [best] = [...own].sort((one, other) => other[1] - one[1]);
    if (best) first.add(best[0].id);
  }
  const order = [...pages.values()].sort((one, other) => other.score - one.score);
  return { count: order.length, best: order.filter(({ result }, at) => at < limit || first.has(result.id)).map(({ result }) => result) };
}

async function everyPage({ index }, filters) {
  const { results } = await index.search(null, { filters });
  return { count: results.length, best: results };
}

/** The best first; what says the same as another is not as good. */
function sorted(hits) {
  const told = new Set();
  hits.sort((one, other) => other.score - one.score);
  for (const hit of hits.filter(({ anchor }) => anchor)) {
    const text = hit.excerpt.chunks.join(" ");
    if (told.has(text)) hit.score *= 0.7;
    told.add(text);
  }
  return hits.sort((one, other) => other.score - one.score);
}

/** The best answers to what is asked, as far as they can be told from the `limit` best pages. */
export async function find(text, wanted, limit) {
  const [book, index] = await Promise.all([openBook(), openIndex()]);
  const place = { book, index };
  const { kind, ...others } = wanted;
  const filters = ["Quote", "Statement"].includes(kind) ? others : wanted;
  const slips = new Map();
  for (;;) {
    const question = termsOf(text, slips);
    const { terms } = question;
    if (text && !terms.length) return answered([], terms, slips, 0, limit);
    const found = terms.length ? await pagesFor(place, terms, filters, limit) : await everyPage(place, filters);
    const pages = await Promise.all(found.best.slice(0, limit + terms.length).map((result) => result.data()));
    const hits = sorted(pages.flatMap((page) => [...hitsOf(pageOf(page), question, wanted)]));
    const unknown = terms.filter(({ known, slip }) => !known && !slip);
    if (!unknown.length) return answered(hits, terms, slips, found.count, limit);
    const { nearest } = await import("./spelling.js");
    for (const { text, run } of unknown) slips.set(text, run ? null : await nearest(text, place));
  }
}

/** Of a question of several words, what holds clearly fewer of them than the best does is left out.
 *
 * What readers look for is not left out for help that holds a word more, unless it holds but a few.
 */
function answered(all, terms, slips, pages, limit) {
  const mostOf = (hits) => Math.max(0, ...hits.map(({ met }) => met));
  const [every, told] = [mostOf(all), mostOf(all.filter(({ kind }) => kind !== "Help"))];
  const most = told >= every / 2 ? told : every;
  const hits = terms.length ? all.filter(({ met }) => met >= 0.75 * most) : all;
  const corrected = [...slips].filter(([, word]) => word).map(([slip, word]) => ({ ...word, slip }));
  const missing = [...slips].filter(([, word]) => !word).map(([word]) => word);
  return { hits, terms, corrected, missing, more: pages > limit };
}
