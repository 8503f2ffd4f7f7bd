// What the repository has to do with a statement: the line where it is written, and where a problem is reported.

const setting = (name) => document.querySelector(`meta[name="stuntbook:${name}"]`)?.content ?? "";

let lines;

/** Lines change with every edit: they stand in a file, which is loaded when the first is wanted. */
async function load() {
  const answer = await fetch(new URL("../../data/lines.json", import.meta.url));
  return (lines = await answer.json());
}

/** Where a statement is written, as `url` and `label`; null where there is no repository, or no such statement. */
export async function lineOf(record, anchor) {
  const repository = setting("repository");
  if (!repository) return null;
  for (const [path, records] of Object.entries(lines ?? (await load()))) {
    const line = records[record]?.[anchor];
    if (line) return { url: `${repository}${path}#L${line}`, label: `Line ${line} of ${path}` };
  }
  return null;
}

/** The address at which a problem with a statement is reported; empty where none is known. */
export function reportAddress(permalink, statement) {
  const filled = { url: permalink, statement };
  return setting("report").replace(/\{(url|statement)\}/g, (_, name) => encodeURIComponent(filled[name]));
}
