// What can be done with a statement: link to it, cite it, report a problem, see its line.

import { copy, make } from "./shared.js";

const siteName = document.querySelector("[property='og:site_name']").content;

const homeOf = (statement) => new URL(statement.dataset.home ?? `#${statement.id}`, location.href.split("#")[0]);

/** What a control is called: the statement tells it from those of other statements. */
const named = (label, told) => [label, make("span", { className: "sb-hidden" }, `: ${told}`)];

function copyLink(permalink, told) {
  const button = make("button", { type: "button", ariaLive: "polite" }, ...named("Copy link", told));
  button.onclick = async () => {
    button.replaceChildren((await copy(permalink)) ? "Link copied" : "Not copied");
    setTimeout(() => button.replaceChildren(...named("Copy link", told)), 2000);
  };
  return button;
}

function cited(statement, told, words, permalink) {
  const passages = words.map(({ item }) => ({
    words: item.querySelector("q").textContent,
    article: JSON.parse(item.closest("[data-csl]").dataset.csl),
  }));
  const page = document.querySelector("h1").firstChild.textContent.trim();
  return { statement: told, page, site: siteName, permalink, accessed: new Date(), passages };
}

function cite(menu, ...of) {
  const button = make("button", { type: "button", ariaExpanded: "false" }, ...named("Cite", of[1]));
  button.onclick = async () => {
    const { citePanel } = await import("./citations.js");
    const panel = menu.querySelector(".sb-cite");
    if (panel) panel.remove();
    else {
      menu.append(citePanel(cited(...of)));
      menu.querySelector(".sb-cite button").click(); // who cites wants a copy
    }
    menu.scrollIntoView({ block: "nearest" });
    button.ariaExpanded = String(!panel);
  };
  return button;
}

/** What the repository has to do with the statement, once that is known. */
async function addRepository(menu, home, told) {
  const { lineOf, reportAddress } = await import("./lines.js");
  const [, record] = home.pathname.match(/\/([^/]+)\/(?:index\.html)?$/) ?? [];
  const line = await lineOf(record, home.hash.slice(1)).catch(() => null);
  const report = { url: reportAddress(home.href, told), label: named("Report a problem", told) };
  const known = [report, line].filter((each) => each?.url);
  const links = known.map(({ url, label }) => make("a", { href: url, rel: "external" }, ...[label].flat()));
  menu.querySelector("button:last-of-type").after(...links);
}

/** The menu of a statement, told by these words and carried by those. */
export function menuOf(statement, told, words) {
  const home = homeOf(statement);
  const menu = make("div", { className: "sb-menu" });
  menu.append(copyLink(home.href, told), cite(menu, statement, told, words, home.href));
  addRepository(menu, home, told).catch(() => {});
  return menu;
}
