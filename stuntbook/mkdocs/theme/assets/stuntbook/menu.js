// What can be done with a statement: link to it, cite it, report a problem, see its line.

import { citePanel } from "./citations.js";
import { lineOf, reportAddress } from "./lines.js";
import { make } from "./shared.js";

const siteName = document.querySelector("[name='application-name']").content;

const homeOf = (statement) => new URL(statement.dataset.home ?? `#${statement.id}`, location.href.split("#")[0]);

function copyLink(permalink) {
  const button = make("button", { type: "button", ariaLive: "polite" }, "Copy link");
  button.onclick = async () => {
    button.textContent = await navigator.clipboard.writeText(permalink).then(() => "Link copied", () => "Not copied");
    setTimeout(() => (button.textContent = "Copy link"), 2000);
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
  const button = make("button", { type: "button", ariaExpanded: "false" }, "Cite");
  button.onclick = () => {
    const panel = menu.querySelector(".sb-cite");
    panel ? panel.remove() : menu.append(citePanel(cited(...of)));
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
  menu.append(copyLink(home.href), cite(menu, statement, told, words, home.href));
  if (report) menu.append(make("a", { href: report, rel: "external" }, "Report a problem"));
  addLine(menu, home);
  return menu;
}
