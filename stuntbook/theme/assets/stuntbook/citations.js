// Copying a citation of a statement. Without this script its permanent link remains.

import { referenceOf } from "./references.js";

/** A ready citation: the statement, its page and address, and its sources with publisher and date. */
function citation(link) {
  const page = document.querySelector("h1").firstChild.textContent.trim();
  const site = document.querySelector("meta[name='application-name']")?.content ?? document.title.split(" - ").pop();
  const marks = link.closest(".sb-evidence, .sb-dispute")?.querySelectorAll(".sb-mark a") ?? [];
  const sources = [...marks].map((mark) => {
    const source = referenceOf(mark)?.querySelector(".sb-references__source");
    return source ? source.dataset.source : "";
  });
  const list = [...new Set(sources)].filter(Boolean).join("; ");
  const address = new URL(link.hash, location.href).href;
  return `“${link.dataset.statement}” ${page}, ${site}. ${address}${list ? ` — Sources: ${list}.` : ""}`;
}

/** A button next to a permanent link that copies the citation and says so. */
function addCopyButton(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sb-copy";
  button.textContent = "cite";
  button.title = "Copy a citation of this statement";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(citation(link));
      button.textContent = "copied";
    } catch {
      button.textContent = "not copied";
    }
    setTimeout(() => (button.textContent = "cite"), 2000);
  });
  link.after(" ", button);
}

if (navigator.clipboard) document.querySelectorAll(".sb-permalink").forEach(addCopyButton);
