// What a query finds: Pagefind's pages, cut at their anchors into the statements in which the words stand.

export const root = new URL("../../", import.meta.url);
/** How a statement is carried, by the mark before its words in the index. */
const CARRIED = { "≡": "several articles", "=": "one article", "”": "said by somebody", "≠": "disputed", "∅": "not in the sources" };

/** Words as Pagefind compares them: without case, accents and punctuation. */
const words = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").split(/\s+/).filter(Boolean);

/** Whether a word is a term with another ending; for want of better, Pagefind also takes "he" for "helecopter". */
const means = (word, term) => words(word).join("").includes(term.slice(0, Math.max(2, Math.min(term.length - 3, term.length / 2))));

/** What a page contributes: itself, where its names or its own words hold the terms, and the statements that do. */
function* hits({ meta: { title, aliases = "" }, url, content, anchors, locations, filters }, terms, { kind, status }) {
  const text = content.split(/\s+/), names = words(`${title} ${aliases} ${filters.film}`);
  const marks = locations.filter((at) => terms.some((term) => means(text[at], term)));
  const marked = (list, from) => list.map((word, index) => [word, marks.includes(from + index)]);
  const heading = title.split(/\s+/), places = [{ location: 0 }, ...anchors].filter(({ location }, index) => location !== anchors[index]?.location);
  const parts = places.map(({ id, location }, index) => {
    const carried = CARRIED[text[location]], end = places[index + 1]?.location ?? text.length;
    const start = location + (index ? +!!carried : heading.length), inside = marks.filter((at) => at >= location && at < end);
    const from = Math.max(start, Math.min(inside[0] - 8 || start, end - 40));
    return {
      carried,
      url: index ? `${url}#${id}` : url,
      group: !carried ? filters.kind[0] : id.startsWith("quote-") ? "Quote" : "Statement",
      title: marked(heading, 0),
      text: marked(text.slice(from, Math.min(end, from + 40)), from),
      held: terms.filter((term) => inside.some((at) => means(text[at], term))),
    };
  });
  const hold = (some) => terms.every((term) => names.some((name) => name.startsWith(term)) || some.some(({ held }) => held.includes(term)));
  const fitting = parts.filter((part) => (terms.length ? part.held.length && hold([part]) : part.carried && (kind || status)));
  const own = fitting.find(({ carried }) => !carried), lead = hold([]);
  const exact = [title, ...aliases.split(", ")].some((name) => `${words(name)}` === `${terms}`);
  if (hold(parts) && (kind ? kind === filters.kind[0] : !status && (own || lead || !fitting.length))) yield { ...(own ?? parts[0]), lead, rank: +exact };
  for (const part of fitting)
    if (part.carried && (kind ?? part.group) === part.group && (status ?? part.carried) === part.carried) yield { ...part, rank: part.held.length };
}

/**
 * The hits on the best `limit` pages for a query, or else for the longest of its words that has any, or for words that
 * begin like it; and on how many pages each value of a filter is.
 */
export async function find(query, wanted, limit, facets) {
  const { filters, search } = await import(new URL("pagefind/pagefind.js", root)), counts = {};
  if (facets.length) await filters();
  const ask = (text, { kind, ...rest }) => search(text || null, { filters: /Quote|Statement/.test(kind) ? rest : { ...rest, kind } });
  const longest = words(query).sort((one, other) => other.length - one.length).slice(0, 4);
  let found, tried, answer;
  for (tried of new Set([query, ...longest, ...longest.map((word) => word.slice(0, 3))])) {
    answer = await ask(tried, wanted);
    const pages = await Promise.all(answer.results.slice(0, limit).map((result) => result.data()));
    found = pages.flatMap((page) => [...hits(page, words(tried), wanted)]).sort((one, other) => other.rank - one.rank);
    if (found.length) break;
  }
  for (const name of facets) counts[name] = (wanted[name] ? await ask(tried, { ...wanted, [name]: undefined }) : answer).filters[name];
  return { hits: found, tried, pages: answer.results.length, counts };
}
