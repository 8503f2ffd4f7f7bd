// Narrows and sorts an index page; the address holds the state.

import { askedIn, readAddress, words, writeAddress } from "./shared.js";

const find = (selector) => [...document.querySelectorAll(selector)];

function narrow(form) {
  const [count, empty, reset] = find("[data-state] > *");
  const groups = find("[data-group]");
  const entries = find("[data-places]");
  const folded = form.querySelector("details");
  const { sort } = form.elements;
  const all = count.textContent;
  for (const entry of entries) entry.words = words(entry.dataset.names ?? entry.textContent).join(" ");
  let sorted = 0;

  function fits(entry, [name, value]) {
    if (name === "q") return words(value).every((word) => entry.words.includes(word));
    return name === "sort" || entry.dataset[name]?.split(" ").includes(value);
  }

  function order() {
    sorted = sort.selectedIndex;
    const { by } = sort.options[sorted].dataset;
    const place = (entry) => entry.dataset.places.split(" ")[sorted];
    for (const entry of entries.sort((one, other) => place(one) - place(other))) {
      const id = by ? `${by}-${entry.dataset[by].split(" ")[0]}` : "entries";
      document.getElementById(id).lastElementChild.append(entry);
    }
  }

  function show() {
    if (sort.selectedIndex !== sorted) order();
    const wanted = Object.entries(askedIn(form));
    for (const entry of entries) entry.hidden = !wanted.every((each) => fits(entry, each));
    const shown = (box) => box.querySelectorAll("[data-places]:not([hidden])").length;
    for (const group of groups) {
      group.hidden = !shown(group);
      group.querySelector("[data-size]")?.replaceChildren(shown(group));
    }
    empty.hidden = shown(document);
    reset.hidden = shown(document) === entries.length;
    count.textContent = reset.hidden ? all : `${shown(document)} of ${all}`;
  }

  function read() {
    readAddress(form);
    show();
    // What narrows the list is in sight.
    if (folded?.querySelector(":checked:not([value=''])")) folded.open = true;
  }

  const update = () => show(writeAddress(form));

  form.oninput = update;
  form.onsubmit = () => false;
  form.onreset = () => setTimeout(() => update(form.elements.q.focus()));
  onpopstate = onpageshow = read;
  read();
  form.hidden = false;
}

/** A list of several pages is narrowed by the search: it answers what the address asks. */
function search(link) {
  const asked = [...new URLSearchParams(location.search)]
    .flatMap(([name, value]) => (name === "sort" ? [] : value.split("-")))
    .join(" ");
  if (asked) location.replace(`${link.href}&q=${encodeURIComponent(asked)}`);
}

const [listing] = find("[data-listing]");
if (listing.elements) narrow(listing);
else search(listing);
