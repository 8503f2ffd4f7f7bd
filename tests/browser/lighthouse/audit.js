// node audit.js CHROMIUM FLAGS(a JSON list) URL...: Lighthouse's verdict on each page, a line of JSON each.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, flags, ...urls] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: JSON.parse(flags) });

/** The scores by category, of 100, and what every audit below its best says of the page. */
async function verdict(url) {
  const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "error", output: "json" });
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  const remarks = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== "informative")
    .map(({ id, displayValue = "" }) => `${id} ${displayValue}`.trim());
  return { url, scores, remarks };
}

try {
  for (const url of urls) console.log(JSON.stringify(await verdict(url)));
} finally {
  await chrome.kill();
}
