// Show what a search has found: mark its terms in the section of the address, open what
// hides one, and scroll to the part with the most. The address then loses the terms.
(() => {
  const url = new URL(location.href);
  const terms = url.searchParams.get("match").split(" ").filter(Boolean);
  url.searchParams.delete("match");
  history.replaceState(history.state, "", url);

  const TOKEN = /[A-Za-z0-9_]+|[-+*/]=|\[[:[]|\]\[|\.\.\./g;
  const BLOCKS = "p, li, tr, pre, dt, dd, h1, h2, h3, figcaption, summary";
  const HIDDEN = "math, svg, script, style, button, .headerlink, .controls, .toctree-wrapper";

  const ENDINGS = ["", "s", "es", "e", "ed", "ing", "ings"];

  // A term is a word without its ending, or a name without its underscores.
  function findTerm(word) {
    const text = word.toLowerCase().replace(/^(.{2,})y$/, "$1i").replaceAll("_", "");
    return terms.find((term) => text.startsWith(term) && ENDINGS.includes(text.slice(term.length)));
  }

  // The part of the page that the result is about: a section without those below it.
  function findPlace() {
    const label = decodeURIComponent(url.hash.slice(1));
    const target = label && document.getElementById(label);
    return target?.closest(".admonition, .sd-tab-content, section") ?? document.querySelector("article");
  }

  function isBelow(node, place) {
    const section = node.parentElement.closest("section");
    return place.matches("section") && section !== place;
  }

  function findMatches(place) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent.closest(HIDDEN) || isBelow(node, place)) continue;
      for (const match of node.data.matchAll(TOKEN)) {
        const term = findTerm(match[0]);
        if (!term) continue;
        const range = new Range();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        found.push({ term, range, block: parent.closest(BLOCKS) ?? parent });
      }
    }
    return found;
  }

  function chooseBlock(found) {
    const blocks = new Map();
    for (const { term, block } of found) {
      if (!blocks.has(block)) blocks.set(block, new Set());
      blocks.get(block).add(term);
    }
    let best = null;
    for (const [block, inside] of blocks) {
      if (!best || inside.size > blocks.get(best).size) best = block;
    }
    return best;
  }

  function openAround(element) {
    for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) {
      part.open = true;
    }
  }

  const found = findMatches(findPlace());
  const block = chooseBlock(found);
  if (!block) return;
  found.forEach(({ range }) => openAround(range.startContainer.parentElement));
  if (window.CSS?.highlights && window.Highlight) {
    CSS.highlights.set("search-match", new Highlight(...found.map(({ range }) => range)));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && CSS.highlights.clear());
  }
  const { top, bottom } = block.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) block.scrollIntoView({ block: "center" });
})();
