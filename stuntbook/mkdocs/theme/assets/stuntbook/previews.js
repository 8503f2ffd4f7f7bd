// What a link leads to, shown while a pointer or the keyboard rests on it.

import { make } from "./shared.js";

const RECORD = /\/(films|stunts|people|organisations|sources)\/[^/]+\/$/;
const preview = document.getElementById("sb-preview");
let timer;

async function show(link) {
  const own = timer;
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  if (own !== timer) return;
  preview.hidePopover();
  const part = (selector) => page.querySelector(selector);
  const name = part("h1").textContent;
  const about = part("[name=description]").content.replace(`${name}: `, "");
  preview.replaceChildren(part(".sb-kicker"), make("p", { className: "sb-preview__name" }, name), make("p", {}, about));
  preview.showPopover({ source: link });
  document.querySelector("[aria-describedby=sb-preview]")?.removeAttribute("aria-describedby");
  link.setAttribute("aria-describedby", preview.id);
}

/** Wait a moment: pointers may only pass by, or be on their way to the preview. */
function consider(target) {
  clearTimeout(timer);
  const link = target.closest(".sb-page a[href]");
  const record = link?.origin === location.origin && link.pathname !== location.pathname && RECORD.test(link.pathname);
  if (record) timer = setTimeout(() => show(link).catch(() => {}), 300);
  else if (!preview.contains(target)) timer = setTimeout(() => preview.hidePopover(), 150);
}

document.addEventListener("pointerover", ({ target, pointerType }) => pointerType === "mouse" && consider(target));
document.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && consider(target));
