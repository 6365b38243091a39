// An explorer shows states that the build computed. For anything else it asks NumPy, in
// the worker of live cells. Its state is in the address: an address only fills the form.
"use strict";

for (const box of document.querySelectorAll(".explorer")) {
  const form = box.querySelector("form");
  const [figure, note] = [box.querySelector("figure"), box.querySelector("[role=status]")];
  const fields = [...form.elements].filter((field) => field.name);
  const presets = [...form.querySelectorAll("button[value]")];
  const action = form.querySelector("button:not([type])");
  const lives = typeof live !== "undefined" && live; // whether there is a runtime

  const say = (text) => (note.textContent = text);
  const read = () => fields.map((field) => field.value);
  const setAddress = (state) => history.replaceState(null, "", `#explore-${state}`);
  const isLoaded = () => live.python?.started;

  function show(...nodes) {
    figure.replaceChildren(...nodes);
    figure.classList.remove("stale");
  }

  // Do something with Python, and say why it failed. The address gets what was asked, as
  // soon as the answer is shown.
  async function use(work) {
    const asked = JSON.stringify(read());
    try {
      const { python } = await live.load();
      const state = await live.pack(asked);
      await python.use(async () => {
        await python.start(say);
        await work(python);
      });
      setAddress(state);
    } catch (error) {
      say(error.message);
    }
  }

  async function ask(message) {
    show(...live.parse(await live.python.ask(message)).childNodes);
  }

  function press(button) {
    for (const other of presets) other.setAttribute("aria-pressed", other === button);
  }

  // --- The index: NumPy answers while one types, once it is loaded ----------------------

  const actionText = action.textContent;
  let asking = false;
  let again = false;

  async function askIndex() {
    again = asking;
    if (asking) return;
    asking = true;
    const late = setTimeout(() => (action.textContent = "Stop"), 1000);
    do {
      again = false;
      const [labels, index] = read();
      await use(async () => {
        await ask({ action: "select", labels, index });
        say(`The result of grad[${index}] is below.`);
      });
    } while (again);
    clearTimeout(late);
    action.textContent = actionText;
    asking = false;
  }

  function choose(button) {
    press(button);
    const { labels, index } = button.dataset;
    [fields[0].value, fields[1].value] = [labels, index];
    show(button.nextElementSibling.content.cloneNode(true));
    say(`The result of grad[${index}] is below.`);
  }

  for (const button of presets) {
    button.onclick = () => {
      choose(button);
      setAddress(button.value);
    };
  }

  // --- The training: one step after the other ---------------------------------------------

  let started = false; // a training with what the form says
  let running = false;

  async function train() {
    running = true;
    action.textContent = "Pause";
    await use(async (python) => {
      const [bug, rate, batch, line] = read();
      const settings = { bug, line, rate: Number(rate), batch: Number(batch) };
      if (!started) await python.ask({ action: "train", ...settings });
      started = true;
      for (let step = 0; step < 100 && running; step++) {
        await ask({ action: "step" });
        await new Promise(requestAnimationFrame);
      }
      say(running ? "The steps are done. Run again to continue." : "Paused. Run again to continue.");
    });
    if (!isLoaded()) started = false;
    running = false;
    action.textContent = actionText;
  }

  function pause() {
    running = false;
    setTimeout(() => action.textContent === "Pause" && live.python.stop(), 1000);
  }

  function showBug() {
    const { old, new: line } = fields[0].selectedOptions[0].dataset;
    form.querySelector("code").textContent = old;
    form.elements.line.value = line;
  }

  // --- Both ---------------------------------------------------------------------------------

  const isIndex = box.dataset.explorer === "index";

  form.onsubmit = (event) => {
    event.preventDefault();
    if (asking) live.python?.stop();
    else if (isIndex) askIndex();
    else if (running) pause();
    else train();
  };

  function noteChange() {
    press(null);
    started = running = false;
    figure.classList.add("stale");
    const loads = isLoaded() ? "" : ` It loads ${live.settings.megabytes} MB.`;
    say(`Press “${action.textContent}” to see what this gives.${loads}`);
  }

  form.oninput = (event) => {
    if (event.target.name === "bug") showBug();
    noteChange();
    if (isIndex && isLoaded()) askIndex();
  };

  function openFromAddress() {
    const [, state] = location.hash.match(/^#explore-([\w-]+)$/) || [];
    if (!state) return;
    const preset = presets.find((button) => button.value === state);
    if (preset) choose(preset);
    else if (lives) fill(state);
    box.scrollIntoView();
  }

  async function unpackValues(state) {
    try {
      const { unpack } = await live.load();
      return JSON.parse(await unpack(state));
    } catch {
      return []; // no state of this explorer
    }
  }

  // What comes from an address is only shown. It runs when the reader asks for it.
  async function fill(state) {
    const bug = form.elements.bug?.querySelector(`[value="${state}"]`);
    const values = bug ? [state] : await unpackValues(state);
    if (!values.length) return;
    fields.forEach((field, n) => (field.value = values[n] ?? field.value));
    if (form.elements.bug) showBug();
    if (values[3] !== undefined) form.elements.line.value = values[3];
    noteChange();
  }

  openFromAddress();
  addEventListener("hashchange", openFromAddress);
}
