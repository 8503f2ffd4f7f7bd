// Light or dark, as the reader chooses. It runs before anything is painted, so that nothing flashes.
{
  const { src, dataset } = document.currentScript;
  const key = `${new URL("../..", src).pathname}.__palette`;
  const options = dataset.palette.split("|").map((option) => option.split(" = "));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = stored();
  if (!options[chosen]) chosen = Math.max(0, options.findIndex(([media]) => media && matchMedia(media).matches));

  // Where a browser refuses storage, a choice lasts as long as the page.
  function stored() {
    try {
      return JSON.parse(localStorage.getItem(key))?.index;
    } catch {}
  }

  function store() {
    try {
      localStorage.setItem(key, JSON.stringify({ index: chosen }));
    } catch {}
  }

  function apply() {
    const [media, scheme] = options[chosen];
    const system = options.find(([other]) => other === `(prefers-color-scheme: ${dark.matches ? "dark" : "light"})`);
    document.body.dataset.mdColorScheme = (media === "(prefers-color-scheme)" && system?.[1]) || scheme;
  }

  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    apply();
  }).observe(document.documentElement, { childList: true });

  document.addEventListener("DOMContentLoaded", () => {
    const inputs = [...document.querySelectorAll("[data-md-component='palette'] input")];
    const show = () => inputs.forEach((input, at) => (input.nextElementSibling.hidden = !(input.checked = at === chosen)));
    for (const [at, input] of inputs.entries()) {
      input.onchange = () => {
        chosen = at;
        store();
        apply();
        show();
      };
    }
    show();
  });
  dark.onchange = apply;
}
