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
if (link) {
  link.onclick = (event) => void (plain(event) && openSearch(event));
  link.onpointerenter = link.onfocus = loadSearch;
}

addEventListener("keydown", (event) => {
  // A closed dialog may have the focus.
  const free = plain(event) && !event.target.closest("input, select, textarea, [contenteditable]")?.checkVisibility();
  if (free ? ["/", "s"].includes(event.key) : event.key === "k" && (event.ctrlKey || event.metaKey)) openSearch(event);
});

const missing = document.querySelector("[data-words-of-address]");
try {
  if (missing) missing.value = decodeURIComponent(location.pathname).match(/[^/]*(?=\/?$)/)[0].replace(/[-_.]+/g, " ");
} catch {} // what encodes no text
