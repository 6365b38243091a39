// Python in a worker, so that the page never freezes and an endless loop can be ended.
"use strict";

const PAUSE = 60; // milliseconds between two messages about progress or output
const MOST_CHARACTERS = 60000; // of printed text that a page shows for one cell
const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

let python, library, kernel, carried, training;
let waiting = []; // outputs that the page has not seen yet
let printed = 0; // characters that the cell has printed
let reported = 0; // when the page last heard of something
const receivers = {}; // from disk: what waits for a file, by its name

// --- Files ----------------------------------------------------------------------------

// From disk a browser lets no script read a file, so the page reads it for the worker.
async function askPage(url) {
  const name = String(url).split("/").pop();
  postMessage({ wanted: name });
  const letters = await new Promise((resolve) => (receivers[name] = resolve));
  const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const body = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(body, { headers: { "Content-Type": type } });
}

// Count the bytes of each download, so that the page can show its progress.
function countBytes(download) {
  let loaded = 0;
  return async (...request) => {
    const answer = await download(...request);
    if (!answer.body) return answer;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.length;
        if (Date.now() - reported > PAUSE) report({ loaded });
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = answer;
    const body = answer.body.pipeThrough(counter);
    return new Response(body, { status, statusText, headers });
  };
}

async function importFromDisk(name) {
  const source = await (await fetch(name)).text();
  importScripts(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
}

// --- Outputs --------------------------------------------------------------------------

function report(message) {
  reported = Date.now();
  postMessage(message);
}

function sendOutputs() {
  if (waiting.length) report({ outputs: waiting });
  waiting = [];
}

// Join what a stream prints in parts, and cut it off before the page drowns in it.
function emit(kind, text, name) {
  const last = waiting[waiting.length - 1];
  if (kind === "stream") {
    const room = MOST_CHARACTERS - printed;
    printed += text.length;
    if (room <= 0) return;
    if (text.length > room) text = `${text.slice(0, room)}\n(The rest is not shown.)\n`;
  }
  if (kind === "stream" && last?.name === name) last.text += text;
  else waiting.push({ kind, text, name });
  if (Date.now() - reported > PAUSE) sendOutputs();
}

// --- What the page asks for -----------------------------------------------------------

const actions = {
  async start({ runtime, bundle, packages, interrupt, fromDisk }) {
    self.fetch = countBytes(fromDisk ? askPage : self.fetch.bind(self));
    // Without the right to compile, Pyodide would wait forever. This raises an error.
    await WebAssembly.compile(EMPTY_MODULE);
    if (fromDisk) {
      await importFromDisk("pyodide.asm.js");
      await importFromDisk("pyodide.js");
    } else importScripts(`${runtime}pyodide.js`);
    python = await loadPyodide({ indexURL: runtime });
    if (interrupt) python.setInterruptBuffer(interrupt);
    await load(["numpy"]);
    const archive = await (await fetch(bundle)).arrayBuffer();
    python.unpackArchive(archive, "zip", { extractDir: "/site" });
    python.runPython("import sys; sys.path.insert(0, '/site')");
    library = python.pyimport("extensions.live.library");
    kernel = library.Kernel(emit);
    carried = python.toPy(packages);
  },

  // Run a cell. The answer tells whether it ended without an error.
  async run({ code, number }) {
    const found = library.find_packages(code, carried);
    const names = found.toJs();
    found.destroy();
    if (names.length) await load(names);
    printed = 0;
    const right = kernel.run(code, number);
    sendOutputs();
    return right;
  },

  // What the explorers show, as HTML.
  select({ labels, index }) {
    return library.show_selection(labels, index);
  },

  train({ bug, line, rate, batch }) {
    training?.destroy();
    training = library.Training(bug, line, rate, batch);
  },

  step() {
    return training.take_steps(1);
  },
};

function load(names) {
  return python.loadPackage(names, { messageCallback() {} });
}

self.onmessage = async ({ data }) => {
  if (data.file) return receivers[data.file](data.letters);
  try {
    postMessage({ answer: await actions[data.action](data) });
  } catch (error) {
    postMessage({ failed: String(error.message || error) });
  }
};
