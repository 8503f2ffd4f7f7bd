// What every page runs. Pages are whole without it: it saves clicks, and opens the search.

import "./references.js";
import "./citations.js";
import "./previews.js";

const open = document.querySelector(".sb-open-search");
const loadSearch = () => import("./search.js");

/** Whether a key press is meant for a field. */
const typing = ({ target }) => target.closest?.("input, select, textarea, [contenteditable]");

open?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  (await loadSearch()).openDialog();
});
// Loading starts with the intention, so that the first letter finds the index ready.
for (const kind of ["pointerenter", "focus"]) open?.addEventListener(kind, loadSearch, { once: true });

addEventListener("keydown", async (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event);
  const asked = (plain && (event.key === "/" || event.key === "s")) || ((event.ctrlKey || event.metaKey) && event.key === "k");
  if (!asked) return;
  event.preventDefault();
  event.stopPropagation();
  (await loadSearch()).openDialog();
}, true);

if (document.querySelector("[data-search-page]")) loadSearch().then((search) => search.startPage());
if (document.querySelector("[data-listing]")) import("./listings.js");

// The menu of narrow windows: a button that the keyboard reaches, in front of the theme's checkbox.
const menu = document.querySelector(".sb-menu");
const drawer = document.getElementById("__drawer");
menu?.addEventListener("click", () => drawer.click());
drawer?.addEventListener("change", () => {
  menu.setAttribute("aria-expanded", drawer.checked);
  if (drawer.checked) document.querySelector(".md-nav--primary a.md-nav__link")?.focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer?.checked) return;
  drawer.click();
  menu.focus();
});

const field = document.querySelector("[data-words-of-address]");
if (field) field.value = decodeURIComponent(location.pathname).split("/").filter(Boolean).pop()?.replace(/[-_.]+/g, " ") ?? "";
