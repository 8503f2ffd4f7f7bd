// The search: a dialog, and the page /search/ with filters.

import { filterOf, find, openBook } from "./finding.js";
import { formsOf, means } from "./question.js";
import { askedIn, make, plain, readAddress, writeAddress } from "./shared.js";

const dialog = document.querySelector(".sb-search");
const page = document.querySelector("[data-search-page]");
const LABELS = { List: "Page", About: "About this book", injury: "Injury", risk: "Risk", quote: "Quote", place: "Place", disagreement: "Disagreement", measure: "Number" };
const [USUAL, SAID] = ["one article", "a speaker’s word"];
const WIDTH = 40;

/** Whether a term asks for a word as it stands there. */
const asks = ({ forms }, chunk) => formsOf(chunk).some((form) => forms.some(({ words }) => words.some((word) => means(form, word) > 0.4)));

const bare = (chunk) => chunk.match(/[\p{L}\p{N}](?:.*[\p{L}\p{M}\p{N}])?/u)?.[0] ?? "";

/** A word, marked where it is asked for, without its commas; of a run without spaces, the part that is. */
function* marked(chunk, terms) {
  const run = terms.find((term) => term.run && chunk.includes(term.run))?.run;
  const found = run ?? (terms.some((term) => asks(term, chunk)) ? bare(chunk) : "");
  for (const [at, part] of (found ? chunk.split(found) : [chunk]).entries()) {
    if (at) yield make("mark", {}, found);
    yield part;
  }
  yield " ";
}

const shown = (chunks, terms) => chunks.flatMap((chunk) => [...marked(chunk, terms)]);

/** The part of a text around the first word that is asked for. */
function excerpt(chunks, terms) {
  const from = chunks.length > WIDTH ? Math.max(0, chunks.findIndex((chunk) => terms.some((term) => asks(term, chunk))) - 8) : 0;
  return shown(chunks.slice(from, from + WIDTH), terms);
}

function item({ page: { url, title }, kind, anchor, status, source, alias, ...hit }, terms) {
  const filter = filterOf({ kind, page: { kind: anchor ? "" : kind } });
  const { chunks } = hit.excerpt;
  // What somebody says stands before a dash and their name.
  const dash = chunks.lastIndexOf("―");
  const end = dash < 0 ? chunks.length : dash;
  const parts = [
    make("i", { className: "sb-hits__kind" }, LABELS[kind] ?? filter),
    make("b", {}, ...shown(title.split(/\s+/), terms), ...(alias ? [make("i", {}, "· ", ...shown(alias.chunks, terms))] : [])),
    make("span", {}, ...excerpt(chunks.slice(0, end), terms)),
  ];
  if (dash >= 0) parts.push(make("i", {}, ...excerpt(chunks.slice(end + (kind !== "quote")), terms)));
  if (source) parts.push(make("span", { className: "sb-hits__source" }, "In the article: … ", ...excerpt(source.chunks, terms), "…"));
  if (status && !(dash < 0 ? [USUAL] : [USUAL, SAID]).includes(status)) parts.push(make("i", {}, status));
  return make("li", { className: `sb-hits--${filter}` }, make("a", { href: url + anchor }, ...parts));
}

const quoted = (list) => list.map((word) => `“${word}”`).join(" and ");

/** What was found, in words. */
function told({ hits, corrected, missing, more }) {
  const count = `${more ? "The best " : ""}${hits.length} result${hits.length === 1 ? "" : "s"}`;
  const meant = corrected.map(({ text, slip }) => ` for “${text}” in place of “${slip}”`).join(" and");
  const without = missing.length ? ` The book does not have ${quoted(missing)}.` : "";
  return hits.length ? `${count}${meant}.${without}` : `Nothing found.${without} Try fewer or other words, or a name.`;
}

let last = Promise.resolve();

/** Answer what a form asks, one question at a time: Pagefind mixes them up. */
function answer(place, limit, most) {
  const [form, status, list] = place.querySelectorAll("[role=search], [role=status], .sb-hits");
  let asked, timer;
  const reply = async (own) => {
    if (own !== asked) return;
    const { q = "", ...wanted } = own;
    const isAsked = Object.keys(own).length > 0;
    const failed = "The search can’t be loaded. Load the page again, or look into the lists of stunts, films and people.";
    const found = isAsked ? await find(q, wanted, limit).catch(() => ({ failed })) : {};
    const { hits = [], terms = [] } = found;
    status.textContent = found.failed ?? (isAsked ? told(found) : "");
    const { href } = document.activeElement;
    list.replaceChildren(make("ol", {}, ...hits.slice(0, most).map((hit) => item(hit, terms))));
    if (!hits.length) list.replaceChildren();
    [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus();
    const all = new URLSearchParams({ q });
    if (!hits.length && Object.keys(wanted).length && q) list.append(make("a", { href: `?${all}` }, "Search without filters"));
    if (hits.length > most) list.append(make("a", { href: `${form.action}?${all}` }, `All ${hits.length} results`));
    list.ariaBusy = own !== asked;
  };
  form.oninput = () => {
    const own = (asked = askedIn(form));
    list.ariaBusy = true;
    if (place === page) writeAddress(form);
    clearTimeout(timer);
    timer = setTimeout(() => (last = last.finally(() => reply(own))), 200);
  };
  form.oninput();
}

/** Questions that the book answers, as buttons that ask them. */
async function offer(place) {
  const { examples } = await openBook();
  const field = place.querySelector("[name=q]");
  const ask = (question) => () => {
    field.value = question;
    field.form.oninput(field.focus());
  };
  const button = (question) => make("button", { type: "button", onclick: ask(question) }, question);
  place.querySelector(".sb-examples").append("Try ", ...examples.flatMap((each) => [button(each), " "]));
}

answer(dialog, 7, 20);
offer(dialog).catch(() => {}); // what is asked tells that nothing can be loaded

const LEFT = "left";
dialog.onclick = (event) => {
  const link = event.target.closest("a");
  if (!link || !plain(event)) return;
  const isHere = link.href.split("#")[0] === location.href.split("#")[0];
  if (isHere) dialog.close(LEFT);
  if (isHere && !link.hash) return scrollTo(0, 0, event.preventDefault());
  // The way back leads to the question.
  history.replaceState({ asked: dialog.querySelector("input").value }, "");
};
dialog.onclose = () => {
  if (dialog.returnValue !== LEFT && history.state?.asked) history.replaceState(null, "");
  dialog.returnValue = "";
};
dialog.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [...dialog.querySelectorAll("input, .sb-hits a")];
  if (step) stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus(event.preventDefault());
};

if (page) answer(page, 24, 100, readAddress(page.querySelector("form")));
