// Run the cells of pages in Node, by the very worker and files that browsers get.
//
// node run_cells.mjs STATIC PAGES RESULTS: STATIC is the folder of these files, and PAGES
// is a JSON file {settings, pages: {page: [code or null, …]}}. RESULTS gets, for each
// page, {right, outputs} or null for each cell.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [folder, pagesFile, resultsFile] = process.argv.slice(2);
const { settings, pages } = JSON.parse(readFileSync(pagesFile, "utf8"));
const require = createRequire(import.meta.url);
let outputs, answer, place;

// What the worker uses of a browser.
globalThis.self = globalThis;
globalThis.fetch = async (path) => new Response(readFileSync(path));
globalThis.importScripts = (path) => Object.assign(globalThis, require(path));
globalThis.postMessage = (message) => {
  if (message.failed) throw new Error(`${place}: ${message.failed}`);
  if (message.outputs) outputs.push(...message.outputs);
  if ("answer" in message) answer = message.answer;
};
runInThisContext(readFileSync(join(folder, "live-worker.js"), "utf8"));

async function ask(data) {
  outputs = [];
  await globalThis.onmessage({ data });
  return answer;
}

await ask({
  action: "start",
  runtime: join(folder, settings.runtime),
  bundle: join(folder, settings.bundle),
  packages: settings.packages,
});
const results = {};
for (const [page, codes] of Object.entries(pages)) {
  runInThisContext("kernel = library.Kernel(emit)"); // each page has its own names
  results[page] = [];
  for (const [position, code] of codes.entries()) {
    const number = position + 1;
    place = `${page}, cell ${number}, breaks Python`;
    const right = code !== null && (await ask({ action: "run", code, number }));
    results[page].push(code === null ? null : { right, outputs });
  }
}
writeFileSync(resultsFile, JSON.stringify(results));
