// Python in a worker, so that the page never freezes and an endless loop can be ended.
"use strict";

const PAUSE = 60; // milliseconds between two messages about progress or output
const MOST_CHARACTERS = 60000; // of printed text that a page shows for one cell

let python, library, kernel, carried;
let waiting = []; // outputs that the page has not seen yet
let printed = 0;
let told = 0; // when the page last heard of something

function flush() {
  if (waiting.length) postMessage({ outputs: waiting });
  waiting = [];
  told = Date.now();
}

// Join what a stream prints in parts, and cut it off before the page drowns in it.
function emit(kind, text, name) {
  if (kind === "stream") {
    const room = MOST_CHARACTERS - printed;
    printed += text.length;
    if (room <= 0) return;
    if (text.length > room) text = text.slice(0, room) + "\n(The rest is not shown.)\n";
    const last = waiting[waiting.length - 1];
    if (last && last.kind === kind && last.name === name) last.text += text;
    else waiting.push({ kind, text, name });
  } else {
    waiting.push({ kind, text, name });
  }
  if (Date.now() - told > PAUSE) flush();
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
        if (Date.now() - told > PAUSE) postMessage({ loaded });
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = answer;
    const body = answer.body.pipeThrough(counter);
    return new Response(body, { status, statusText, headers });
  };
}

// From disk the page hands over the files, because a browser lets no script read them.
function serveFiles(files) {
  return async (url) => {
    const name = String(url).split("/").pop();
    const packed = Uint8Array.from(atob(files[name]), (x) => x.charCodeAt(0));
    const body = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(body, { headers: { "Content-Type": type } });
  };
}

async function start({ runtime, bundle, packages, files, interrupt }) {
  self.fetch = countBytes(files ? serveFiles(files) : self.fetch.bind(self));
  // Without the right to compile, Pyodide would wait forever. This raises an error.
  await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  if (!self.loadPyodide) importScripts(runtime + "pyodide.js");
  python = await loadPyodide({ indexURL: runtime });
  if (interrupt) python.setInterruptBuffer(interrupt);
  await load(["numpy"]);
  const archive = await (await fetch(bundle)).arrayBuffer();
  python.unpackArchive(archive, "zip", { extractDir: "/site" });
  python.runPython("import sys; sys.path.insert(0, '/site')");
  library = python.pyimport("live_kernel");
  kernel = library.Kernel(emit);
  carried = python.toPy(packages);
  postMessage({ ready: kernel.describe() });
}

function load(names) {
  return python.loadPackage(names, { messageCallback() {} });
}

async function run({ code, number }) {
  const found = library.find_packages(code, carried);
  const names = found.toJs();
  found.destroy();
  if (names.length) await load(names);
  printed = 0;
  const right = kernel.run(code, number);
  flush();
  postMessage({ done: number, right });
}

self.onmessage = async ({ data }) => {
  try {
    await (data.code === undefined ? start(data) : run(data));
  } catch (error) {
    postMessage({ failed: String(error.message || error) });
  }
};
