// References read in place, and citations copied.

import { make, plain } from "./shared.js";

const popover = document.getElementById("sb-reference");
const [words, source, list] = popover.children;
const referenceOf = (mark) => document.getElementById(mark.hash.slice(1));

document.addEventListener("click", (event) => {
  const mark = event.target.closest(".sb-mark a[href^='#ref-']");
  if (!mark || !plain(event)) return;
  event.preventDefault();
  popover.hidePopover();
  const reference = referenceOf(mark).cloneNode(true);
  words.replaceChildren(reference.querySelector(".sb-words"));
  source.replaceChildren(reference.querySelector(".sb-references__source"));
  list.firstChild.href = mark.hash;
  popover.showPopover({ source: mark });
  popover.focus();
});
list.firstChild.addEventListener("click", () => popover.hidePopover());

/** A statement, its page and address, and its sources. */
function citation(link) {
  const page = document.querySelector("h1").firstChild.textContent.trim();
  const site = document.querySelector("[name='application-name']").content;
  const marks = link.closest(".sb-evidence, .sb-dispute")?.querySelectorAll(".sb-mark a") ?? [];
  const sources = Array.from(marks, (mark) => referenceOf(mark).querySelector("[data-source]").dataset.source);
  const list = [...new Set(sources)].join("; ");
  return `“${link.dataset.statement}” ${page}, ${site}. ${link.href}${list && ` — Sources: ${list}.`}`;
}

for (const link of navigator.clipboard ? document.querySelectorAll(".sb-permalink") : []) {
  const button = make("button", { className: "sb-copy", title: "Copy a citation of this statement", ariaLive: "polite" }, "cite");
  button.addEventListener("click", async () => {
    button.textContent = await navigator.clipboard.writeText(citation(link)).then(() => "copied", () => "not copied");
    setTimeout(() => (button.textContent = "cite"), 2000);
  });
  link.after(" ", button);
}
