// Narrows and sorts an index page; the address holds the state. Without it, every entry is there.

const find = (selector) => [...document.querySelectorAll(selector)];
const [form] = find("[data-listing]");
const [count, empty, reset] = find("[data-state] > *");
const groups = find("[data-group]");
const entries = find("[data-places]");
const { q, sort } = form.elements;
const all = count.textContent;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const entry of entries) entry.words = fold(entry.dataset.names ?? entry.textContent);
let sorted = 0;

const asked = () => [...new FormData(form)].filter(([, value]) => value);

function fits(entry, [name, value]) {
  if (name === "q") return fold(value).split(/\s+/).every((word) => entry.words.includes(word));
  return name === "sort" || entry.dataset[name]?.split(" ").includes(value);
}

// The groups themselves keep order.
function order() {
  sorted = sort.selectedIndex;
  const { by } = sort.options[sorted].dataset;
  const place = (entry) => entry.dataset.places.split(" ")[sorted];
  for (const entry of entries.sort((a, b) => place(a) - place(b))) {
    const id = by ? `${by}-${entry.dataset[by].split(" ")[0]}` : "entries";
    groups.find((group) => group.id === id).lastElementChild.append(entry);
  }
}

function show() {
  if (sort.selectedIndex !== sorted) order();
  const wanted = asked();
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
  const wanted = new URLSearchParams(location.search);
  for (const field of form.elements) {
    field[field.type === "checkbox" ? "checked" : "value"] = wanted.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.selectedIndex = 0;
  }
  show();
}

function update() {
  show();
  const address = new URL(location);
  address.search = new URLSearchParams(asked());
  history.replaceState(null, "", address);
}

form.oninput = update;
form.onsubmit = () => false;
form.onreset = () => setTimeout(() => update(q.focus()));
onpopstate = onpageshow = read;
read();
form.hidden = false;
