// Light or dark, as the reader chooses.

const inputs = [...document.querySelectorAll("[data-md-component='palette'] input")];
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const chosen = inputs.find((input) => input.checked);
  const { mdColorMedia: media, mdColorScheme: scheme } = chosen.dataset;
  const system = dark.matches ? "slate" : "default";
  document.body.dataset.mdColorScheme = media === "(prefers-color-scheme)" ? system : scheme;
  for (const input of inputs) input.nextElementSibling.hidden = input !== chosen;
  __md_set("__palette", { index: inputs.indexOf(chosen) });
}

for (const input of inputs) input.onchange = dark.onchange = apply;
if (inputs.length) apply();
