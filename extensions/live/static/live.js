// Every executed cell can be edited and run again, by NumPy in the reader's own browser.
// Nothing of the runtime is loaded before the first click, and the built outputs stay
// until a run replaces them.
"use strict";

(() => {
  const settings = document.currentScript.dataset;
  const reasons = JSON.parse(settings.reasons);
  const root = new URL("./", document.currentScript.src);
  const fromDisk = location.protocol === "file:";
  if (!window.WebAssembly || !window.Worker || (fromDisk && !settings.offline)) return;

  // --- Python in a worker -----------------------------------------------------------

  const python = {
    started: null, // a promise of what the reader meets: the version of NumPy
    interrupt: window.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null,

    start(progress) {
      this.started ??= this.launch(progress);
      return this.started;
    },

    async launch(progress) {
      const message = {
        runtime: new URL(settings.runtime, root).href,
        bundle: new URL(settings.bundle, root).href,
        packages: settings.packages.split(" "),
        interrupt: this.interrupt,
      };
      if (fromDisk) message.files = await readFiles();
      const source = fromDisk ? joinScripts(message.files) : new URL(settings.worker, root);
      this.worker = new Worker(source);
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => this.hear({ failed: event.message });
      return (await this.ask(message, progress)).ready;
    },

    // Send one message. The answer is the message that ends the work.
    ask(message, listen) {
      this.listen = listen;
      return new Promise((resolve, reject) => {
        Object.assign(this, { resolve, reject });
        this.worker.postMessage(message);
      });
    },

    hear(data) {
      if (data.failed) this.reject(new Error(data.failed));
      else if (data.ready || data.done) this.resolve(data);
      else this.listen(data);
    },

    // Stop an endless loop: by an interrupt, or by ending Python where a host allows none.
    stop() {
      if (this.interrupt) this.interrupt[0] = 2;
      else this.end("Python was stopped. Every name is gone; the next run makes them again.");
    },

    end(reason) {
      this.worker?.terminate();
      this.started = null;
      for (const cell of cells) cell.done = false;
      this.reject?.(new Error(reason));
    },
  };

  // --- Small tools ------------------------------------------------------------------

  function make(tag, properties, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  function makeButton(text, action, title = "") {
    return make("button", { type: "button", textContent: text, title, onclick: action });
  }

  async function convert(bytes, stream) {
    const body = new Blob([bytes]).stream().pipeThrough(stream);
    return new Uint8Array(await new Response(body).arrayBuffer());
  }

  async function pack(text) {
    const bytes = await convert(text, new CompressionStream("deflate-raw"));
    const letters = btoa(String.fromCharCode(...bytes));
    return letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function unpack(letters) {
    const bytes = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
    const packed = Uint8Array.from(bytes, (x) => x.charCodeAt(0));
    return new TextDecoder().decode(await convert(packed, new DecompressionStream("deflate-raw")));
  }

  // A page on disk may read no file, but it may load a script that holds the files.
  async function readFiles() {
    if (!window.liveFiles) {
      await new Promise((resolve, reject) => {
        const script = make("script", { src: new URL(settings.offline, root) });
        script.onload = resolve;
        script.onerror = () => reject(new Error("The files of the runtime are missing."));
        document.head.append(script);
      });
    }
    return window.liveFiles;
  }

  function joinScripts({ scripts }) {
    return URL.createObjectURL(new Blob(scripts, { type: "text/javascript" }));
  }

  // --- A cell -----------------------------------------------------------------------

  class Cell {
    constructor(node, position) {
      this.node = node;
      this.number = position + 1;
      this.input = node.querySelector(".cell_input");
      this.built = this.input.querySelector("pre").textContent.replace(/\n$/, "");
      const tag = [...node.classList].find((name) => name in reasons);
      this.reason = reasons[tag];
      this.done = false; // ran in this Python, with the code that it has now
      this.editor = null;
      this.note = make("span", { className: "live-note" });
      this.bar = make("div", { className: "live-bar" });
      this.size = make("span", {}, ` (loads ${settings.megabytes} MB)`);
      this.invite = makeButton("Edit and run", () => this.edit() || execute(this));
      this.invite.append(this.size);
      this.bar.append(this.reason ? `Not live: ${this.reason}` : this.invite);
      this.input.append(this.bar);
    }

    get code() {
      return this.editor ? this.editor.value : this.built;
    }

    edit(code = this.code) {
      if (!this.editor) this.makeEditor();
      this.editor.value = code;
      this.resize();
      this.editor.focus({ preventScroll: true });
    }

    makeEditor() {
      this.editor = make("textarea", { spellcheck: false, autocapitalize: "off" });
      this.editor.setAttribute("aria-label", `Code of cell ${this.number}`);
      this.editor.oninput = () => this.resize();
      this.editor.onkeydown = (event) => {
        if (event.key === "Escape") this.buttons[0].focus();
        if (event.key !== "Enter" || !event.shiftKey) return;
        event.preventDefault();
        execute(this);
      };
      this.buttons = [
        makeButton("Run", () => execute(this), "Shift+Enter"),
        makeButton("Run all above", () => execute(this, true)),
        makeButton("Reset cell", () => this.reset()),
        makeButton("Restart", () => this.restart()),
        makeButton("Stop", () => python.stop()),
        makeButton("Copy link", () => this.share()),
      ];
      this.input.classList.add("live-editing");
      this.input.querySelector("div.highlight").before(this.editor);
      this.bar.replaceChildren(...this.buttons, this.note);
      this.setBusy(false);
    }

    resize() {
      this.editor.rows = this.code.split("\n").length;
      if (this.code !== this.ran) for (const cell of cells.slice(this.number - 1)) cell.done = false;
    }

    setBusy(busy) {
      for (const button of this.buttons) button.disabled = busy !== (button.textContent === "Stop");
      this.input.setAttribute("aria-busy", busy);
    }

    reset() {
      this.editor.remove();
      this.editor = null;
      this.input.classList.remove("live-editing");
      this.bar.replaceChildren(this.invite);
      if (this.before) this.output.replaceWith(this.before);
      else this.output?.remove();
      this.output = this.before = null;
      for (const cell of cells.slice(this.number - 1)) cell.done = false;
      this.invite.focus();
      say(this, "The cell is as it was built.");
    }

    restart() {
      python.end("Python was restarted.");
      say(this, "Every name is gone. The next run starts Python again.");
    }

    async share() {
      const url = new URL(`#live-${this.number}-${await pack(this.code)}`, location.href);
      history.replaceState(null, "", url);
      const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false);
      say(this, copied ? "The link to this code is copied." : "The address bar has the link.");
    }

    // Make room for new outputs. The built ones are kept for a reset.
    clear() {
      const old = this.output || this.node.querySelector(".cell_output");
      if (!this.output) this.before = old;
      const figure = this.before?.querySelector("figure");
      this.caption = figure?.querySelector("figcaption");
      this.alt = figure?.querySelector("svg")?.getAttribute("aria-label");
      this.output = make("div", { className: "cell_output live-output" });
      if (old) old.replaceWith(this.output);
      else this.input.after(this.output);
    }

    write({ kind, text, name }) {
      if (kind === "figure") return this.draw(text);
      const last = this.output.lastElementChild;
      if (kind === "stream" && last?.dataset.stream === name) {
        return last.querySelector("pre").append(text);
      }
      const where = kind === "error" && name ? [make("span", {}, `${name}\n`)] : [];
      const pre = make("pre", {}, ...where, text);
      const block = make("div", { className: `output ${kind === "error" ? "traceback" : name || "text"}` });
      if (kind === "stream") block.dataset.stream = name;
      block.append(make("div", { className: "highlight" }, pre));
      this.output.append(block);
    }

    draw(svg) {
      const figure = make("figure", {});
      const drawing = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
      drawing.setAttribute("aria-label", this.alt || `The figure that cell ${this.number} draws`);
      figure.append(drawing);
      if (this.caption) figure.append(this.caption.cloneNode(true));
      this.output.append(figure);
    }
  }

  // --- Running ----------------------------------------------------------------------

  let busy = false;
  let introduced = false;

  // Run a cell, after the cells above it that this Python has not run yet.
  async function execute(cell, again = false) {
    if (busy) return;
    busy = true;
    cell.setBusy(true);
    if (again) for (const other of cells.slice(0, cell.number)) other.done = false;
    try {
      await start(cell);
      for (const other of cells.slice(0, cell.number - 1)) {
        if (!other.done) await runAbove(other, cell);
      }
      say(cell, "Running…", false);
      cell.clear();
      await runOne(cell, (output) => cell.write(output));
      say(cell, `Cell ${cell.number} has run.${introduce()}`);
    } catch (error) {
      say(cell, error.message);
    }
    busy = false;
    cell.setBusy(false);
  }

  async function start(cell) {
    say(cell, "Loading Python and NumPy…");
    cell.version = await python.start(({ loaded }) => {
      const share = Math.min(loaded / settings.bytes, 1);
      say(cell, `Loading Python and NumPy: ${Math.round(100 * share)} %`, false);
    });
    for (const other of cells) other.size.remove();
  }

  // What a cell above prints is on the page already, unless its code has changed.
  async function runAbove(other, cell) {
    say(cell, `Running cell ${other.number} of the page…`, false);
    const changed = other.code !== other.built;
    if (changed) other.clear();
    const right = await runOne(other, (output) => changed && other.write(output));
    if (!right && !other.reason && !other.code.startsWith("# raises ")) {
      throw new Error(`Cell ${other.number} above fails, so this cell did not run.`);
    }
  }

  async function runOne(cell, write) {
    const { code, number } = cell;
    const { right } = await python.ask({ code, number }, (data) => data.outputs?.forEach(write));
    cell.done = true;
    cell.ran = code;
    return right;
  }

  // Say once on each page what is different here.
  function introduce() {
    if (introduced) return "";
    introduced = true;
    return ` ${settings.difference}`;
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
    for (let fold = cell.node.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    cell.edit(code);
    cell.node.scrollIntoView({ block: "center" });
    say(cell, "This code comes from the link. Read it before you run it.");
  }

  const status = make("div", { className: "visually-hidden" });
  status.setAttribute("role", "status");
  document.body.append(status);
  const cells = [...document.querySelectorAll("div.cell")]
    .filter((node) => node.querySelector(".cell_input pre"))
    .map((node, position) => new Cell(node, position));
  openFromAddress();
  addEventListener("hashchange", openFromAddress);
})();
