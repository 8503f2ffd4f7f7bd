// Citations of a statement: of the articles that carry it, in their own words, each in the forms that readers need.

import { make } from "./shared.js";

/** One run of white space as one space: no form but JSON can hold the end of a line within a value. */
const line = (text) => text.replace(/\s+/g, " ").trim();
const two = (number) => String(number).padStart(2, "0");
const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()];
const iso = (parts) => parts.map(two).join("-");

/** `2 January 2031`, `January 2031` or `2031`. */
function dateInWords([year, month, date]) {
  const parts = { year: "numeric", month: month && "long", day: date && "numeric", timeZone: "UTC" };
  const named = new Date(Date.UTC(2000, (month ?? 1) - 1, date ?? 1));
  named.setUTCFullYear(year);
  return named.toLocaleDateString("en-GB", parts);
}

const issuedParts = ({ issued }) => issued?.["date-parts"]?.[0] ?? [];
const authorOf = ({ author = [] }) => author.map(({ literal }) => literal).join(", ");
const quoted = (words) => words.map((each) => `“${line(each)}”`).join(" … ");

/** Where the statement stands. Its sentence is the editors' own, and no quotation. */
const placeOf = ({ statement, page, site }) => `${site}, ${line(page)}: ${line(statement)}`;

/** Each article once, with its words; a statement that rests on none is cited from the page itself. */
function itemsOf({ passages, permalink, page, site }) {
  const items = new Map();
  for (const { words, article } of passages) {
    if (!items.has(article.id)) items.set(article.id, { article, words: [] });
    items.get(article.id).words.push(words);
  }
  const own = { id: "page", type: "webpage", title: page, "container-title": site, URL: permalink };
  return items.size ? [...items.values()] : [{ article: own, words: [] }];
}

/** A name for an item that no other has: many statements rest on one article. */
const keyOf = (article, { permalink }) => `${article.id}-${new URL(permalink).hash.slice(1) || "page"}`;

function plain(items, cited) {
  const told = items.map(({ article, words }) => {
    const { issued } = article;
    const known = issued?.["date-parts"] && dateInWords(issuedParts(article));
    const date = known ? `${issued.circa ? "circa " : ""}${known}` : (issued?.literal ?? "date not known");
    const title = article.title && `“${line(article.title)}”`;
    const parts = [authorOf(article), title, article["container-title"], date, article.URL];
    const accessed = `accessed ${dateInWords(day(cited.accessed))}`;
    return `${words.length ? `${quoted(words)} – ` : ""}${[...parts, accessed].filter(Boolean).join(", ")}.`;
  });
  return [...told, `${placeOf(cited)} ${cited.permalink}`].join("\n\n");
}

const TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };
const HATS = { "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
const tex = (text) => line(text).replace(/[\\{}^~$&#%_]/g, (each) => TEX[each] ?? HATS[each] ?? `\\${each}`);
/** An address stands as it is, but for what would end the field. */
const texUrl = (url) => url.replace(/[\\{}\s]/g, encodeURIComponent);

function bibtex(items, cited) {
  return items.map(({ article, words }) => {
    const [year, month, date] = issuedParts(article);
    const place = `${tex(placeOf(cited))} \\url{${texUrl(cited.permalink)}}`;
    const fields = {
      author: authorOf(article) && `{${tex(authorOf(article))}}`,
      title: article.title && `{${tex(article.title)}}`,
      howpublished: tex(article["container-title"]),
      year: year && String(year),
      month: month && String(month),
      day: date && String(date),
      url: texUrl(article.URL),
      urldate: iso(day(cited.accessed)),
      language: article.language,
      note: words.length ? `${tex(quoted(words))} – ${place}` : place,
    };
    const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
    return `@misc{${keyOf(article, cited)},\n${lines.join("")}}\n`;
  }).join("\n");
}

/** As RIS has a date: four places between slashes, of which any but the year may be empty. */
const risDate = ([year, month, date]) => year && `${year}/${month ? two(month) : ""}/${date ? two(date) : ""}/`;

function ris(items, cited) {
  return items.map(({ article, words }) => {
    const tags = [
      ["TY", "ELEC"],
      ["ID", keyOf(article, cited)],
      ["TI", article.title],
      ["AU", authorOf(article)],
      ["T2", article["container-title"]],
      ["PB", article["container-title"]],
      ["PY", issuedParts(article)[0]],
      ["DA", risDate(issuedParts(article))],
      ["LA", article.language],
      ["UR", article.URL],
      ["Y2", risDate(day(cited.accessed))],
      ["N1", [quoted(words), placeOf(cited), cited.permalink].filter(Boolean).join(" ")],
    ];
    const known = tags.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${line(String(value))}\r\n`);
    return `${known.join("")}ER  - \r\n`;
  }).join("\r\n");
}

function csl(items, cited) {
  const known = items.map(({ article, words }) => ({
    ...article,
    id: keyOf(article, cited),
    accessed: { "date-parts": [day(cited.accessed)] },
    note: [quoted(words), placeOf(cited), cited.permalink].filter(Boolean).join(" "),
  }));
  return JSON.stringify(known, null, 2);
}

const WRITERS = { "Plain text": plain, BibTeX: bibtex, RIS: ris, "CSL-JSON": csl };
export const FORMATS = Object.keys(WRITERS);

/**
 * A citation as text in one of `FORMATS`.
 *
 * `cited` holds `statement` (the editors' sentence), `page` (what it stands on), `site`, `permalink`, `accessed` (a Date)
 * and `passages`: the `words` of each, and its `article` as an item of CSL-JSON.
 */
export const cite = (format, cited) => WRITERS[format](itemsOf(cited), cited);

let chosen = FORMATS[0];

/** An element with the citation in a format that the reader chooses, to read and to copy. */
export function citePanel(cited) {
  const field = make("textarea", { readOnly: true, rows: 6, className: "sb-cite__text", ariaLabel: "Citation" });
  const status = make("p", { className: "sb-cite__status", role: "status" });
  const button = make("button", { type: "button" }, "Copy the citation");
  let text; // a field changes the ends of lines
  const show = (format) => {
    field.value = text = cite((chosen = format), cited);
    status.textContent = "";
  };
  button.onclick = async () => {
    const copied = await copy(text);
    if (!copied) field.select();
    status.textContent = copied ? "Copied." : "This browser lets no page copy: the text is selected, press Ctrl+C or ⌘C.";
  };
  const choices = FORMATS.map((format) => {
    const input = make("input", { type: "radio", name: "sb-cite-format", checked: format === chosen });
    input.onchange = () => show(format);
    return make("label", {}, input, ` ${format}`);
  });
  show(chosen);
  return make("div", { className: "sb-cite" }, make("fieldset", {}, make("legend", {}, "Format"), ...choices), field, button, status);
}

/** Whether a text could be copied: browsers refuse it to pages without encryption, and where a reader forbids it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
