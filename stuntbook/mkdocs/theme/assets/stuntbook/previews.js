// What a link leads to, shown while a pointer or the keyboard rests on it.

import { make } from "./shared.js";

const RECORD = /\/(films|stunts|people|sources)\/[^/]+\/$/;
const preview = document.getElementById("sb-preview");
let timer;

async function show(link) {
  const own = timer;
  const html = await (await fetch(link.pathname)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  if (own !== timer) return;
  preview.hidePopover();
  preview.replaceChildren();
  for (const part of page.querySelectorAll(".sb-title .sb-kicker, .sb-page h1, .sb-summary"))
    preview.append(make("p", { className: part.className || "sb-preview__name" }, part.textContent));
  preview.showPopover({ source: link });
  document.querySelector("[aria-describedby=sb-preview]")?.removeAttribute("aria-describedby");
  link.setAttribute("aria-describedby", preview.id);
}

/** Wait a moment, for pointers that only pass by, or are on their way to the preview. */
function consider(target) {
  clearTimeout(timer);
  const link = target.closest(".sb-page a[href]");
  const record = link?.origin === location.origin && link.pathname !== location.pathname && RECORD.test(link.pathname);
  if (record) timer = setTimeout(() => show(link).catch(() => {}), 300);
  else if (!preview.contains(target)) timer = setTimeout(() => preview.hidePopover(), 150);
}

document.addEventListener("pointerover", ({ target, pointerType }) => pointerType === "mouse" && consider(target));
document.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && consider(target));
