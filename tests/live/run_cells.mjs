// Run the cells of pages in Node, on the files that are shipped to browsers.
//
// node run_cells.mjs STATIC PAGES RESULTS: STATIC is the folder with the runtime and the
// bundle, PAGES a JSON file {page: [code, …]}. RESULTS gets {page: [{right, outputs}, …]}.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, pagesFile, resultsFile] = process.argv.slice(2);
const names = readdirSync(folder);
const runtime = join(folder, names.find((name) => name.startsWith("pyodide-")));
const bundle = join(folder, names.find((name) => /^live-[0-9a-f]+\.zip$/.test(name)));
const { loadPyodide } = createRequire(import.meta.url)(join(runtime, "pyodide.js"));
const python = await loadPyodide({ indexURL: runtime + "/" });
const quiet = { messageCallback() {} };
await python.loadPackage(["numpy"], quiet);
python.unpackArchive(readFileSync(bundle).buffer, "zip", { extractDir: "/site" });
python.runPython("import sys; sys.path.insert(0, '/site')");
const library = python.pyimport("live_kernel");
const carried = python.toPy(["matplotlib", "pandas", "sympy"]);

const results = {};
for (const [page, cells] of Object.entries(JSON.parse(readFileSync(pagesFile, "utf8")))) {
  let outputs;
  const kernel = library.Kernel((kind, text, name) => outputs.push({ kind, text, name }));
  results[page] = [];
  for (const [position, code] of cells.entries()) {
    outputs = [];
    const found = library.find_packages(code, carried);
    await python.loadPackage(found.toJs(), quiet);
    found.destroy();
    const right = kernel.run(code, position + 1);
    results[page].push({ right, outputs });
  }
  kernel.destroy();
}
writeFileSync(resultsFile, JSON.stringify(results));
