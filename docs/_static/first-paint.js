// The choice of light or dark is all that a page stores. The scripts of the theme remember
// nothing else, and nothing at all where a browser forbids its storage.
const memory = { getItem: () => null, setItem() {}, removeItem() {} };
const forget = (name) => Object.defineProperty(window, name, { value: memory });
forget("sessionStorage");
try {
  localStorage.getItem("mode");
} catch {
  forget("localStorage");
}

// Choose light or dark before the first paint: the theme's own script chooses after it,
// and the page would jump.
const root = document.documentElement;
const mode = localStorage.getItem("mode");
root.dataset.mode = ["light", "dark"].includes(mode) ? mode : "auto";
root.dataset.theme = root.dataset.mode;
if (root.dataset.mode === "auto") {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "dark" : "light";
}

// The theme's button for the full screen, whose function sphinx-book-theme.js defines.
document.addEventListener("click", ({ target }) => {
  if (target.closest(".btn-fullscreen-button")) toggleFullScreen();
});

// Long code in a box that opens must be reachable with the keyboard: the theme looks for
// what scrolls when the window changes its size, and sees nothing in a closed box.
document.addEventListener("toggle", () => dispatchEvent(new Event("resize")), true);

// Print with the light colors, and go back to the chosen ones.
let onScreen = null;
addEventListener("beforeprint", () => {
  onScreen ??= root.dataset.theme;
  root.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  root.dataset.theme = onScreen ?? root.dataset.theme;
  onScreen = null;
});
