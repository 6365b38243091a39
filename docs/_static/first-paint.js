// Where a browser forbids its storage, let the scripts of the theme remember nothing, so
// that their menus and the search still work.
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].getItem("");
  } catch {
    const memory = { getItem: () => null, setItem() {}, removeItem() {} };
    Object.defineProperty(window, name, { value: memory });
    document.documentElement.dataset.mode = "auto";
  }
}

// Choose light or dark before the first paint: the theme's own script chooses after it,
// and the page would jump.
if (!["light", "dark"].includes(document.documentElement.dataset.theme)) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

// Unpack the font of the formulas before the first paint, so that none of them moves.
document.fonts.load('1em "Site Math"');

// Print with the light colors, and go back to the chosen ones.
const root = document.documentElement;
let onScreen = null;
addEventListener("beforeprint", () => {
  onScreen ??= root.dataset.theme;
  root.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  root.dataset.theme = onScreen ?? root.dataset.theme;
  onScreen = null;
});
