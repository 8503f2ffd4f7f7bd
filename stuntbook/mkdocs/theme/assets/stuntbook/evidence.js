// The words that carry a statement, read in its place, and what can be done with it.

import { make, plain } from "./shared.js";

const popover = document.getElementById("sb-evidence");
const runOf = (element) => element.closest(".sb-run");
const sentencesOf = (run) => [...run.querySelectorAll(".sb-told")];

/** The statements that a mark stands for: those of its run, or the one that holds it. */
const statementsOf = (mark) => (runOf(mark) ? sentencesOf(runOf(mark)) : [mark.closest("[data-told], [data-words]")]);

/** Where a statement has its words, in full and in part. */
const keysOf = (statement, name) => statement.dataset[name]?.split(" ") ?? [];

/** The words of a statement; a disagreement has none but those of its accounts. */
function wordsOf(statement) {
  if (statement.matches(".sb-dispute")) return [...statement.querySelectorAll(".sb-account")].flatMap(wordsOf);
  const listed = (key) => document.getElementById(`words-${key}`);
  return [
    ...keysOf(statement, "words").map((key) => ({ item: listed(key) })),
    ...keysOf(statement, "inPart").map((key) => ({ item: listed(key), part: true })),
  ];
}

function shown({ item, part }) {
  const copy = item.cloneNode(true);
  const publisher = item.closest("section").querySelector("h3 a").cloneNode(true);
  const where = make("p", { className: "sb-where" }, make("b", {}, publisher), part ? ", in part, " : ", ");
  where.append(...copy.querySelector(".sb-where").childNodes);
  return [make("blockquote", { className: "sb-words" }, make("p", {}, copy.querySelector("q"))), where];
}

function section(statement, isOneOfMany) {
  const words = wordsOf(statement);
  const own = statement.dataset.told ?? statement.textContent.trim();
  const parts = words.length ? words.flatMap(shown) : [make("p", {}, "No article in this book states this.")];
  if (isOneOfMany) parts.unshift(make("p", { className: "sb-popover__told" }, own));
  const whole = make("section", {}, ...parts);
  import("./menu.js").then(({ menuOf }) => whole.append(menuOf(statement, own, words)), () => {});
  return whole;
}

function open(statements, source) {
  popover.hidePopover();
  popover.replaceChildren(...statements.map((each) => section(each, statements.length > 1)));
  for (const each of statements) each.classList.add("sb-open");
  popover.showPopover({ source });
  popover.scrollTop = 0;
  popover.focus();
}

popover.addEventListener("beforetoggle", ({ newState }) => {
  if (newState === "closed") for (const each of document.querySelectorAll(".sb-open")) each.classList.remove("sb-open");
});

document.addEventListener("click", (event) => {
  const { target } = event;
  const mark = target.closest(".sb-source");
  const statements = mark ? statementsOf(mark).filter(Boolean) : [];
  const sentence = target.closest("a, button") ? null : target.closest(".sb-run .sb-told");
  if (statements.length && plain(event)) {
    event.preventDefault();
    open(statements, mark);
  } else if (sentence && getSelection().isCollapsed) open([sentence], sentence);
});

/** Within a run the arrow keys go from sentence to sentence, and Enter opens what has the focus. */
document.addEventListener("keydown", (event) => {
  const run = plain(event) && event.target.matches?.(".sb-source, .sb-told") && runOf(event.target);
  if (!run) return;
  const stops = [...sentencesOf(run), run.querySelector(".sb-source")];
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (step) stops[stops.indexOf(event.target) + step]?.focus();
  else if (event.key === "Enter" && event.target.matches(".sb-told")) open([event.target], event.target);
  else return;
  event.preventDefault();
});
