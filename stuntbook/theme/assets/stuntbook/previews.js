// What a link leads to, shown while a pointer rests on it or the keyboard is at it: the name and the first sentences
// of a record's page. The page itself is asked for, once; Escape or leaving closes it, and the pointer may enter it.

const records = /\/(films|stunts|people|sources)\/[^/]+\/$/;
const answers = new Map();
const preview = document.createElement("div");
preview.className = "sb-popover sb-preview md-typeset";
preview.popover = "manual";
preview.id = "sb-preview";
preview.setAttribute("role", "tooltip");

let timer = 0;
let shown = null;

/** The kicker, the name and the summary of the page at an address; null where it has none. */
async function about(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [".sb-title .sb-kicker", "h1", ".sb-summary"].map((selector) => page.querySelector(`.sb-page ${selector}`));
  if (!parts[1]) return null;
  return parts.filter(Boolean).map((part, index) => {
    const line = document.createElement("p");
    line.className = ["sb-kicker", "sb-preview__name", "sb-preview__text"][index + (parts[0] ? 0 : 1)];
    line.textContent = part.textContent.trim();
    return line;
  });
}

function hide() {
  clearTimeout(timer);
  if (preview.matches(":popover-open")) preview.hidePopover();
  shown?.removeAttribute("aria-describedby");
  shown = null;
}

async function show(link) {
  const address = new URL(link.href);
  address.hash = "";
  if (!answers.has(address.pathname)) answers.set(address.pathname, about(address).catch(() => null));
  const lines = await answers.get(address.pathname);
  if (!lines || shown !== link) return;
  if (!preview.isConnected) document.body.append(preview);
  preview.replaceChildren(...lines);
  preview.showPopover();
  link.setAttribute("aria-describedby", preview.id);
  const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const below = box.bottom + preview.offsetHeight + 12 < innerHeight;
  const left = Math.min(box.left, document.documentElement.clientWidth - preview.offsetWidth - 12);
  preview.style.left = `${Math.max(12, left) + scrollX}px`;
  preview.style.top = `${(below ? box.bottom + 4 : Math.max(box.top - preview.offsetHeight - 4, 4)) + scrollY}px`;
}

/** Wait a moment, so that a pointer that only passes by asks for nothing. */
function consider(event, delay) {
  const link = event.target.closest?.(".sb-page a[href]");
  if (!link) return preview.contains(event.target) ? clearTimeout(timer) : leave();
  if (link === shown) return clearTimeout(timer);
  const address = new URL(link.href, location);
  if (address.origin !== location.origin || address.pathname === location.pathname || !records.test(address.pathname)) return leave();
  hide();
  shown = link;
  timer = setTimeout(show, delay, link);
}

function leave() {
  clearTimeout(timer);
  timer = setTimeout(hide, 150);
}

if (location.protocol !== "file:") {
  if (matchMedia("(hover: hover)").matches) document.addEventListener("pointerover", (event) => consider(event, 300));
  document.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && consider(event, 300));
  document.addEventListener("focusout", leave);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("click", hide, true);
}
