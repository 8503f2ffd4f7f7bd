// node audit.js CHROMIUM FLAGS CATEGORIES URL: Lighthouse's verdict on a page, as JSON, as the two lists in the middle are.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, flags, categories, url] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: JSON.parse(flags) });

try {
  const { lhr } = await lighthouse(url, {
    port: chrome.port,
    logLevel: "error",
    output: "json",
    onlyCategories: JSON.parse(categories),
    disableFullPageScreenshot: true,
  });
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
  const remarks = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== "informative")
    .map(({ id, displayValue = "" }) => `${id} ${displayValue}`.trim());
  console.log(JSON.stringify({ scores, remarks }));
} finally {
  await chrome.kill();
}
