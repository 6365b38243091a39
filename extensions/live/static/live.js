// Offer to edit and run each executed cell, by NumPy in the reader's own browser. What
// that needs is loaded when the reader asks for it: first cells.js, then the runtime.
"use strict";

const live = (() => {
  const settings = JSON.parse(document.currentScript.dataset.live);
  const root = new URL("./", document.currentScript.src);
  const fromDisk = location.protocol === "file:";
  // On disk only the zip with live cells has the runtime. It defines liveFiles.
  if (!window.WebAssembly || !window.Worker || (fromDisk && !window.liveFiles)) return null;
  document.documentElement.classList.add("live"); // before the first paint
  let loaded;

  // Load the rest of this script once.
  function load() {
    loaded ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(settings.script, root);
      script.onload = () => resolve(live);
      script.onerror = () => reject(new Error("The script of the cells is missing."));
      document.head.append(script);
    });
    return loaded;
  }

  // Cells whose output is recorded need other libraries.
  const findCells = () => [...document.querySelectorAll("div.cell:not(.recorded)")];

  function addControl(node, position) {
    const { megabytes, reason } = settings.cells[position];
    const bar = document.createElement("div");
    bar.className = "live-bar";
    if (reason) bar.append(`Not live: ${reason}`);
    else {
      const button = document.createElement("button");
      button.type = "button";
      button.innerHTML = `Edit and run<span> (loads ${megabytes} MB)</span>`;
      button.onclick = () => load().then(({ open }) => open(position));
      bar.append(button);
    }
    node.querySelector(".cell_input").append(bar);
  }

  addEventListener("DOMContentLoaded", () => {
    findCells().forEach(addControl);
    if (location.hash.startsWith("#live-")) load();
  });
  return { settings, root, fromDisk, findCells, load };
})();
