/** An element with these properties and contents. */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Whether no key is held that changes what another means. */
export const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

/** Words as Pagefind compares them: without case, accents and punctuation. */
export const words = (text) => text.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").match(/\S+/g) ?? [];

/** What a form asks, by name. */
export const askedIn = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));

/** Fill a form in as the address asks, as far as it can. */
export function readAddress(form) {
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) {
    field[field.type === "checkbox" ? "checked" : "value"] = asked.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.selectedIndex = 0;
  }
}

export function writeAddress(form) {
  const address = new URL(location);
  address.search = new URLSearchParams(askedIn(form));
  history.replaceState(null, "", address);
}

/** Whether a text could be copied: browsers refuse it to pages without encryption, and where a reader forbids it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
