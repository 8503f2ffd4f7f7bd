// The search: a dialog on every page, and the page /search/ with filters, whose address keeps what is asked.

import { find, root } from "./search-index.js";

const GROUPS = { Stunt: "Stunts", Film: "Films", Person: "People", Quote: "Quotes", Statement: "Statements", Source: "Sources", About: "About" };

function make(tag, ...children) {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}

function link(url, ...children) {
  const element = make("a", ...children);
  element.href = url;
  return element;
}

const marked = (text) => text.flatMap(([word, match]) => [match ? make("mark", word) : word, " "]);

/** The hits by group; the group of the record that the query names comes first. */
function* listed(hits) {
  const named = hits.find(({ lead, group }) => lead && /Stunt|Film|Person/.test(group));
  for (const group of new Set([named?.group, ...Object.keys(GROUPS)])) {
    const own = hits.filter((hit) => hit.group === group), list = make("ul");
    for (const { title, text, carried, url } of own)
      list.append(make("li", link(url, make("b", ...marked(title)), make("span", ...marked(text)), make("i", carried ?? ""))));
    list.className = `sb-hits--${group}`;
    if (own.length) yield* [make("h2", GROUPS[group], make("span", ` ${own.length}`)), list];
  }
}

/** Answer what the form of a place asks, now and as it changes. What comes after the next question is dropped. */
function answer(place, limit, facets = [], then = () => {}) {
  const [form, status, list] = place.querySelectorAll("form[role], [role=status], .sb-hits");
  let turn = 0;
  const ask = async () => {
    const own = ++turn, asked = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
    const { q = "", ...wanted } = asked, any = Object.keys(asked).length;
    const found = await find(q, wanted, any && limit, facets).catch(() => ({ hits: [], failed: "The search could not be loaded." }));
    if (own !== turn) return;
    const { hits, tried, pages, failed } = found, { length } = hits;
    const count = `${length} result${length === 1 ? "" : "s"}${pages > limit ? ` on the best ${limit} of ${pages} pages` : ""}`;
    const none = `Nothing holds all of this. ${length ? `${count} for “${tried}”` : "Try fewer or other words."}`;
    status.textContent = failed ?? (any ? (length && tried === q ? count : none) : "");
    list.replaceChildren(...listed(hits));
    if (!length && any > !!q) list.append(link(`?${new URLSearchParams({ q })}`, "Search without filters"));
    place.toggleAttribute("data-found", length);
    then(asked, found);
  };
  form.addEventListener("input", ask);
  status.textContent = "";
  ask();
}

let dialog;
/** Open the dialog, with what was asked in it before. */
export function openDialog() {
  if (!dialog) {
    dialog = make("dialog");
    dialog.className = "sb-search";
    dialog.ariaLabel = "Search";
    dialog.innerHTML = `<form role="search" action="${root}search/"><input type="search" name="q" aria-label="Search the book" autocomplete="off"><button>All results and filters</button></form><form method="dialog"><button>Close</button></form><p role="status"></p><div class="sb-hits"></div>`;
    document.body.append(dialog);
    answer(dialog, 8);
    dialog.addEventListener("click", ({ target }) => (target === dialog || target.closest("a")) && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      const stops = [...dialog.querySelectorAll("input, a")], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus(event.preventDefault());
    });
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

/** Run the page /search/: what its address asks goes into the form, and back into the address as it changes. */
export function startPage() {
  const place = document.querySelector("[data-search-page]"), given = new URLSearchParams(location.search);
  const selects = [...place.querySelectorAll("select")];
  /** Put the values of a filter into its list, the commonest first; the one that is set stays, even with no page. */
  const fill = (select, value, counts = {}) => {
    const options = Object.entries(counts).filter(([, count]) => count).sort(([, one], [, other]) => other - one).slice(0, 200);
    select.lastElementChild.replaceChildren(...options.map(([name, count]) => new Option(`${GROUPS[name] ?? name} (${count})`, name)));
    select.value = value;
    if (select.value !== value) select.lastElementChild.append(new Option(GROUPS[value] ?? value, value, true, true));
  };
  for (const select of selects) fill(select, given.get(select.name) ?? "");
  place.querySelector("[name=q]").value = given.get("q");
  answer(place, 24, selects.map(({ name }) => name), (asked, { counts = {} }) => {
    history.replaceState(null, "", Object.keys(asked).length ? `?${new URLSearchParams(asked)}` : "./");
    for (const select of selects) fill(select, select.value, counts[select.name]);
  });
}
