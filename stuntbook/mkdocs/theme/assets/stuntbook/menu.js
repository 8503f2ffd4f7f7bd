// What can be done with a statement: link to it, cite it, report a problem, see its line.

import { citePanel, copy } from "./citations.js";
import { lineOf, reportAddress } from "./lines.js";
import { make } from "./shared.js";

const siteName = document.querySelector("[name='application-name']").content;

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
  button.onclick = () => {
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

/** Where the statement stands in the repository, once that is known. */
async function addLine(menu, home) {
  const [, record] = home.pathname.match(/\/([^/]+)\/$/) ?? [];
  const line = await lineOf(record, home.hash.slice(1)).catch(() => null);
  if (line) menu.querySelector("button:last-of-type").after(make("a", { href: line.url, rel: "external" }, line.label));
}

/** The menu of a statement, told by these words and carried by those. */
export function menuOf(statement, told, words) {
  const home = homeOf(statement);
  const menu = make("div", { className: "sb-menu" });
  const report = reportAddress(home.href, told);
  menu.append(copyLink(home.href, told), cite(menu, statement, told, words, home.href));
  if (report) menu.append(make("a", { href: report, rel: "external" }, ...named("Report a problem", told)));
  addLine(menu, home);
  return menu;
}
