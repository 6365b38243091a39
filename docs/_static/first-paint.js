// Choose light or dark before the first paint: the theme's own script chooses after it,
// and the page would jump.
if (!["light", "dark"].includes(document.documentElement.dataset.theme)) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

// Unpack the font of the formulas before the first paint, so that none of them moves.
document.fonts.load('1em "Site Math"');
