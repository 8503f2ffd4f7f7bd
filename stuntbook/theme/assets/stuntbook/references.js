// Reading a reference in place. Without this script the marks lead to the list of references.

const popover = document.createElement("div");
popover.className = "sb-popover md-typeset";
popover.popover = "auto";
popover.tabIndex = -1;
popover.setAttribute("role", "dialog");
popover.setAttribute("aria-label", "Reference");

/** The entry of the list of references that a mark leads to, or null. */
export function referenceOf(mark) {
  return document.getElementById(mark.hash.slice(1));
}

/** Fill the popover with the passage, who published it and when, and where to read on. */
function fill(mark, reference) {
  const words = document.createElement("p");
  words.append(reference.querySelector(".sb-words").cloneNode(true));
  const source = document.createElement("p");
  source.append(...[...reference.querySelector(".sb-references__source").childNodes].map((node) => node.cloneNode(true)));
  const list = document.createElement("p");
  const link = document.createElement("a");
  link.href = mark.hash;
  link.textContent = `In the list of references (${mark.textContent})`;
  link.addEventListener("click", () => popover.hidePopover());
  list.append(link);
  popover.replaceChildren(words, source, list);
}

/** Put the popover below its mark, or above it where there is no room below, within the window. */
function place(mark) {
  const box = mark.getBoundingClientRect();
  const width = popover.offsetWidth;
  const below = box.bottom + popover.offsetHeight + 12 < innerHeight;
  const left = Math.max(12, Math.min(box.left, document.documentElement.clientWidth - width - 12));
  popover.style.left = `${left + scrollX}px`;
  popover.style.top = `${(below ? box.bottom + 6 : Math.max(box.top - popover.offsetHeight - 6, 6)) + scrollY}px`;
}

let opener = null;

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".sb-mark a[href^='#ref-']");
  const reference = mark && referenceOf(mark);
  if (!reference || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = mark;
  if (!popover.isConnected) document.body.append(popover);
  fill(mark, reference);
  popover.showPopover();
  place(mark);
  popover.focus({ preventScroll: true });
});

popover.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && popover.contains(document.activeElement)) opener?.focus({ preventScroll: true });
});

addEventListener("resize", () => popover.isConnected && popover.hidePopover());
