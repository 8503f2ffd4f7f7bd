// The ways to the search, and the address that led nowhere as a question.

import { plain } from "./shared.js";

const dialog = document.querySelector(".sb-search");
const link = document.querySelector(".sb-open-search");
const loadSearch = () => import("./search.js");

/** Letters wait in the dialog for its script. */
function openSearch(event) {
  event.preventDefault();
  loadSearch();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

/** Whoever comes back from a result finds the question again. */
async function resume() {
  const { asked } = history.state ?? {};
  if (!asked || dialog.open) return;
  dialog.querySelector("input").value = asked;
  dialog.showModal();
  await loadSearch();
  dialog.querySelector("form").oninput();
}

addEventListener("pageshow", resume);
addEventListener("popstate", resume);
// A header that is the site's own may have no link to the search.
link?.addEventListener("click", (event) => plain(event) && openSearch(event));
for (const event of ["pointerenter", "focus"]) link?.addEventListener(event, loadSearch);

addEventListener("keydown", (event) => {
  // A closed dialog may have the focus.
  const free = plain(event) && !event.target.closest("input, select, textarea, [contenteditable]")?.checkVisibility();
  if (free ? ["/", "s"].includes(event.key) : event.key === "k" && (event.ctrlKey || event.metaKey)) openSearch(event);
});

const missing = document.querySelector("[data-words-of-address]");
if (missing) missing.value = decoded(location.pathname).match(/[^/]*(?=\/?$)/)[0].replace(/[-_.]+/g, " ");

/** An address may hold what encodes no text. */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
