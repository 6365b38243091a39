// What live.js loads at the first click: Python in a worker, and the controls of cells.
"use strict";

(() => {
  const { settings, root, fromDisk } = live;

  // --- Python in a worker -------------------------------------------------------------

  const python = {
    started: null, // a promise that Python and NumPy are loaded
    busy: false,
    interrupt: window.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null,

    // Load Python once, and say how far it is.
    start(say) {
      this.started ??= this.launch(say);
      return this.started;
    },

    launch(say) {
      const { worker, runtime, bundle, packages, bytes } = settings;
      this.worker = new Worker(
        fromDisk ? makeAddress(liveFiles["live-worker.js"]) : new URL(worker, root),
      );
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => this.end(event.message);
      const message = {
        action: "start",
        runtime: new URL(runtime, root).href,
        bundle: new URL(bundle, root).href,
        packages,
        interrupt: this.interrupt,
        fromDisk,
      };
      say("Loading Python and NumPy…");
      return this.ask(message, ({ loaded }) => {
        const share = Math.min(Math.round((100 * loaded) / bytes), 100);
        say(`Loading Python and NumPy: ${share} %`, false);
      });
    },

    // Send one message, listen to what comes in between, and return the answer.
    ask(message, listen = () => {}) {
      this.listen = listen;
      return new Promise((resolve, reject) => {
        Object.assign(this, { resolve, reject });
        this.worker.postMessage(message);
      });
    },

    hear(data) {
      if ("answer" in data) this.resolve(data.answer);
      else if (data.failed) this.end(data.failed);
      else if (data.wanted) this.sendFile(data.wanted);
      else this.listen(data);
    },

    // A page on disk may read no file, but it may load a script that holds the file.
    sendFile(name) {
      const script = make("script", { src: new URL(`files/${name}.js`, root) });
      script.onload = () => {
        this.worker?.postMessage({ file: name, letters: liveFiles[name] });
        delete liveFiles[name];
        script.remove();
      };
      script.onerror = () => this.end(`The file ${name} is missing.`);
      document.head.append(script);
    },

    // Do one thing at a time.
    async use(work) {
      if (this.busy) throw new Error("Python is busy. Wait until it is done, or stop it.");
      this.busy = true;
      try {
        return await work();
      } finally {
        this.busy = false;
      }
    },

    // End a loop: by an interrupt, or by ending Python where a host allows no interrupt.
    stop() {
      if (this.interrupt) this.interrupt[0] = 2;
      else this.end("Stopped. The names are gone, and the next run makes them again.");
    },

    end(reason) {
      this.worker?.terminate();
      this.worker = this.started = null;
      forgetRuns(cells);
      this.reject?.(new Error(reason));
    },
  };

  // --- Small tools --------------------------------------------------------------------

  function make(tag, properties, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  function makeButton(text, onclick, title = "") {
    return make("button", { type: "button", textContent: text, title, onclick });
  }

  function makeAddress(source) {
    return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  }

  async function convert(bytes, stream) {
    const body = new Blob([bytes]).stream().pipeThrough(stream);
    return new Uint8Array(await new Response(body).arrayBuffer());
  }

  // Pack text for an address.
  async function pack(text) {
    const bytes = await convert(text, new CompressionStream("deflate-raw"));
    const letters = btoa(String.fromCharCode(...bytes));
    return letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function unpack(letters) {
    const bytes = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
    const packed = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await convert(packed, new DecompressionStream("deflate-raw")));
  }

  // Take over only what draws and what is text, because the code may come from a link.
  const DRAWS = new Set(
    ("svg g defs path polyline use clippath rect image p div code pre strong small " +
      "table caption thead tbody tr th td ol li figcaption").split(" "),
  );

  function parse(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const node of body.querySelectorAll("*")) {
      if (!DRAWS.has(node.localName.toLowerCase())) node.remove();
      for (const { name, value } of [...node.attributes]) {
        const leaves = name.endsWith("href") && !/^(#|data:image\/png;)/.test(value);
        if (leaves || name.startsWith("on") || name === "style") node.removeAttribute(name);
      }
    }
    return body;
  }

  // --- A cell -------------------------------------------------------------------------

  class Cell {
    constructor(node, position) {
      Object.assign(this, settings.cells[position]); // reason, skipped
      this.node = node;
      this.number = position + 1;
      this.input = node.querySelector(".cell_input");
      this.block = this.input.firstElementChild;
      this.built = this.block.querySelector("pre").textContent.replace(/\n$/, "");
      this.done = false; // ran in this Python, with the code that it has now
      this.bar = this.input.querySelector(".live-bar");
      this.invite = this.bar.querySelector("button");
      this.note = make("span", {});
    }

    get code() {
      return this.editor ? this.editor.value : this.built;
    }

    get mayFail() {
      return this.reason || this.node.classList.contains("tag_raises-exception");
    }

    edit(code = this.code) {
      if (!this.editor) this.makeEditor();
      this.editor.value = code;
      this.noteEdit();
      this.editor.focus({ preventScroll: true });
    }

    makeEditor() {
      this.editor = make("textarea", { spellcheck: false, autocapitalize: "off" });
      this.editor.setAttribute("aria-label", `Code of cell ${this.number}`);
      this.editor.oninput = () => this.noteEdit();
      this.editor.onkeydown = (event) => {
        if (event.key === "Escape") this.bar.firstElementChild.focus();
        if (event.key !== "Enter" || !event.shiftKey) return;
        event.preventDefault();
        execute(this);
      };
      this.stop = makeButton("Stop", () => this.running && python.stop());
      this.input.classList.add("live-editing");
      this.block.before(this.editor);
      this.bar.replaceChildren(
        makeButton("Run", () => execute(this), "Shift+Enter"),
        makeButton("Run all above", () => execute(this, true), "Run every cell above, then this one"),
        makeButton("Reset cell", () => this.reset(), "Show the code and the output of the page"),
        makeButton("Restart", () => this.restart(), "Start Python again"),
        this.stop,
        makeButton("Copy link", () => this.share(), "Copy a link to this page with your code"),
        this.note,
      );
      this.setRunning(false);
    }

    // Fit the editor to its code. What ran before the change must run again.
    noteEdit() {
      this.editor.rows = this.code.split("\n").length;
      if (this.code !== this.ran) forgetRuns(cells.slice(this.number - 1));
    }

    setRunning(running) {
      this.running = running;
      this.stop.setAttribute("aria-disabled", !running);
      this.input.setAttribute("aria-busy", running);
    }

    reset() {
      this.editor.remove();
      this.editor = null;
      this.input.classList.remove("live-editing");
      this.bar.replaceChildren(this.invite);
      this.output?.remove();
      this.output = null;
      if (this.old) this.old.hidden = false;
      forgetRuns(cells.slice(this.number - 1));
      this.invite.focus();
      say(this, "The cell is as it was built.");
    }

    restart() {
      python.end("Restarted.");
      say(this, "The names are gone. The next run starts Python again.");
    }

    async share() {
      const url = new URL(`#live-${this.number}-${await pack(this.code)}`, location.href);
      history.replaceState(null, "", url);
      const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false);
      say(this, copied ? "The link to this code is copied." : "The address bar has the link.");
    }

    // Make room for new outputs. The built ones are hidden: other figures use their letters.
    clear() {
      this.old ??= this.node.querySelector(".cell_output");
      this.output?.remove();
      this.output = make("div", { className: "cell_output live-output" });
      if (this.old) {
        this.old.hidden = true;
        this.old.after(this.output);
      } else this.input.after(this.output);
    }

    write({ kind, text, name }) {
      if (kind === "figure") return this.draw(text);
      const last = this.output.lastElementChild;
      if (kind === "stream" && last?.dataset.stream === name) {
        return last.querySelector("pre").append(text);
      }
      const pre = make("pre", {}, text);
      if (kind === "error" && name) pre.append(make("span", {}, `\n${name}`));
      const block = make("div", { className: `output ${kind === "error" ? "traceback" : kind}` });
      if (kind === "stream") block.dataset.stream = name;
      block.append(make("div", { className: "highlight" }, pre));
      this.output.append(block);
    }

    // The words of a built figure describe the new one only if no code has changed.
    draw(html) {
      const figure = make("figure", {}, ...parse(html).children);
      const built = this.old?.querySelector("figure");
      if (built && cells.slice(0, this.number).every((cell) => cell.code === cell.built)) {
        const label = built.querySelector("svg").getAttribute("aria-label");
        figure.querySelector("svg").setAttribute("aria-label", label);
        figure.append(built.querySelector("figcaption").cloneNode(true));
      }
      this.output.append(figure);
    }
  }

  // --- Running ------------------------------------------------------------------------

  function forgetRuns(some) {
    for (const cell of some) cell.done = false;
  }

  // Run a cell, after the cells above it that this Python has not run yet.
  async function execute(cell, again = false) {
    try {
      await python.use(async () => {
        cell.setRunning(true);
        say(cell, "", false);
        await python.start((text, aloud) => say(cell, text, aloud));
        for (const size of document.querySelectorAll(".live-bar button span")) size.remove();
        if (again) forgetRuns(cells.slice(0, cell.number));
        await runAbove(cell);
        say(cell, "Running…", false);
        cell.clear();
        await run(cell, (output) => cell.write(output));
      });
      introduce(cell);
      say(cell, `Cell ${cell.number} has run. Its output is below.`);
    } catch (error) {
      say(cell, error.message);
    }
    if (!python.busy) cell.setRunning(false);
  }

  // What a cell above shows is on the page already, unless some code has changed.
  async function runAbove(cell) {
    let changed = false;
    for (const other of cells.slice(0, cell.number - 1)) {
      changed ||= other.code !== other.built;
      if (other.done || other.skipped) continue;
      say(cell, `Running cell ${other.number} of the page…`, false);
      const shown = changed && !other.reason;
      if (shown) other.clear();
      const right = await run(other, (output) => shown && other.write(output));
      if (!right && !other.mayFail) {
        throw new Error(`Cell ${other.number} above fails, so this cell did not run.`);
      }
    }
  }

  async function run(cell, write) {
    const { code, number } = cell;
    const message = { action: "run", code, number };
    const right = await python.ask(message, ({ outputs }) => outputs?.forEach(write));
    cell.done = true;
    cell.ran = code;
    return right;
  }

  // Say once on each page what is different in a browser.
  function introduce(cell) {
    if (document.querySelector(".live-difference")) return;
    cell.bar.after(make("p", { className: "live-difference" }, settings.difference));
  }

  function say(cell, text, aloud = true) {
    cell.note.textContent = text;
    if (aloud) status.textContent = text;
  }

  // Code that comes from an address is shown. It runs when the reader clicks Run.
  async function openFromAddress() {
    const [, number, letters] = location.hash.match(/^#live-(\d+)-([\w-]+)$/) || [];
    const cell = cells[number - 1];
    if (!cell || cell.reason) return;
    const code = await unpack(letters).catch(() => null);
    if (code === null) return;
    for (let fold = cell.node; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of cell.node.querySelectorAll("details")) fold.open = true;
    cell.edit(code);
    cell.node.scrollIntoView({ block: "center" });
    say(cell, "This code comes from the link. Read it before you run it.");
  }

  const status = make("div", { className: "visually-hidden" });
  status.setAttribute("role", "status");
  document.body.append(status);
  const cells = live.findCells().map((node, position) => new Cell(node, position));
  const open = (position) => {
    cells[position].edit();
    execute(cells[position]);
  };
  Object.assign(live, { python, parse, pack, unpack, open });
  addEventListener("hashchange", openFromAddress);
  openFromAddress();
})();
