// The search: a dialog, and the page /search/ with filters.

import { askedIn, make, readAddress, words, writeAddress } from "./shared.js";

const dialog = document.querySelector(".sb-search");
const page = document.querySelector("[data-search-page]");
const KINDS = "Stunt Film Person Organisation Quote Statement Source About".split(" ");

/** Whether a word is a form of a term: Pagefind finds "he" for "helecopter". */
const means = (word, term) => words(word).join("").includes(term.slice(0, Math.max(3, term.length / 2)));
const matched = ({ terms }) => terms.length;

/** A page, if with its names it holds the terms; and its statements that do, with the words they cite. */
function* hitsOf({ meta, content, anchors, locations, filters, url }, terms, wanted) {
  const { title, aliases = "" } = meta;
  const names = words(`${title} ${aliases} ${filters.film ?? ""}`);
  const text = content.split(/\s+/).map((word, at) => ({ word, terms: terms.filter((term) => locations.includes(at) && means(word, term)) }));
  const heading = title.split(/\s+/).map((word, at) => ({ ...text[at], word }));
  const holds = (part) =>
    terms.every((term) => part.some((word) => word.terms.includes(term)) || names.some((name) => name.startsWith(term)));
  const hit = (kind, anchor, part, rank, status) => {
    const from = Math.max(0, part.findIndex(matched) - 8);
    return { kind, href: url + anchor, heading, excerpt: part.slice(from, from + 40), rank, status };
  };
  const [kind] = filters.kind;
  if ((wanted.kind ? wanted.kind === kind : !wanted.status) && holds(text)) {
    const exact = [title, ...aliases.split(", ")].some((name) => `${words(name)}` === `${terms}`);
    yield hit(kind, "", text.slice(heading.length), exact * 2 + (kind !== "Source" && holds([])));
  }
  if (kind === "About") return;
  const parts = {};
  anchors.forEach(({ id, location }, at) => {
    const [anchor, key, kind = "Statement"] = id.split(":");
    (parts[anchor] ??= [kind, key.replaceAll("-", " ")]).push(text.slice(location, anchors[at + 1]?.location));
  });
  for (const [anchor, [kind, status, own, cited = []]] of Object.entries(parts)) {
    const fits = (wanted.kind ?? kind) === kind && (wanted.status ?? status) === status;
    const found = terms.length ? [own, cited].find((part) => part.some(matched)) : (wanted.kind || wanted.status) && own;
    if (fits && found && holds(own.concat(cited))) yield hit(kind, `#${anchor}`, found, (found === own) - 1, status);
  }
}

/** The hits for a query, its longest word or the start of it. */
async function find(query, wanted, limit) {
  const { search } = await import(new URL("../../pagefind/pagefind.js", import.meta.url));
  const { kind, ...others } = wanted;
  const filters = /Quote|Statement/.test(kind) ? others : wanted;
  const [longest = ""] = words(query).sort((one, other) => other.length - one.length);
  // Asked nothing, Pagefind loads the whole index.
  for (const tried of new Set(limit ? [query, longest, longest.slice(0, 3)] : [])) {
    const { results } = await search(tried || null, { filters });
    const pages = await Promise.all(results.slice(0, limit).map((result) => result.data()));
    const hits = pages.flatMap((page) => [...hitsOf(page, words(tried), wanted)]);
    if (hits.length) return { tried, pages: results.length, hits: hits.sort((one, other) => other.rank - one.rank) };
  }
  return { hits: [] };
}

const marked = (text) => text.flatMap(({ word, terms }) => [terms.length ? make("mark", {}, word) : word, " "]);
const item = ({ href, heading, excerpt, status = "" }) =>
  make("li", {}, make("a", { href }, make("b", {}, ...marked(heading)), make("span", {}, ...marked(excerpt)), make("i", {}, status)));

/** The hits by kind, those that the query names first. */
function* listed(hits) {
  const named = hits.filter(({ rank }) => rank > 0).map(({ kind }) => kind);
  for (const kind of new Set([...named, ...KINDS])) {
    const items = hits.filter((hit) => hit.kind === kind).map(item);
    if (!items.length) continue;
    yield make("h2", {}, { Person: "People", About: kind }[kind] ?? `${kind}s`, make("span", {}, ` ${items.length}`));
    yield make("ul", { className: `sb-hits--${kind}` }, ...items);
  }
}

let last = Promise.resolve();

/** Answer what a form asks, one question at a time: Pagefind mixes them up. */
function answer(place, limit) {
  const [form, status, list] = place.querySelectorAll("[role=search], [role=status], .sb-hits");
  let asked, timer;
  const reply = async (own) => {
    if (own !== asked) return;
    const { q = "", ...wanted } = own;
    const any = Object.keys(own).length;
    const { hits, tried, pages, failed } = await find(q, wanted, any && limit).catch(() => ({ hits: [], failed: "The search can’t be loaded." }));
    const count = `${hits.length} found${pages > limit ? ` on the best ${limit} of ${pages} pages` : ""}`;
    const none = `Nothing holds all of this. ${hits.length ? `${count} for “${tried}”` : "Try fewer or other words."}`;
    status.textContent = failed ?? (!any ? "" : tried === q ? count : none);
    const { href } = document.activeElement;
    list.replaceChildren(...listed(hits));
    [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus();
    if (!hits.length && any > !!q) list.append(make("a", { href: `?${new URLSearchParams({ q })}` }, "Search without filters"));
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

answer(dialog, 8);
dialog.onclick = ({ target }) => target.closest("a") && dialog.close();
dialog.onkeydown = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [...dialog.querySelectorAll("input, a")];
  if (step) stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus(event.preventDefault());
};

if (page) answer(page, 24, readAddress(page.querySelector("form")));
