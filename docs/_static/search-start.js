// Begin to search when someone uses a search field. Until then nothing else is loaded.
(() => {
  const script = document.currentScript;
  const { version, ask } = script.dataset;
  const site = new URL("..", script.src);
  const FIRST = ["minisearch-7.2.0/minisearch.js", "search-first.js", "search.js"];
  // Each becomes the promise of what is loaded once.
  let first = null;
  let text = null;

  // A script element works from disk too, where a page may not fetch a file. Scripts
  // arrive together and run in the order in which they were asked for.
  function load(name) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.async = false;
      element.src = new URL(`${name}?v=${version}`, script.src);
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  async function loadFirst() {
    const href = new URL(`search.css?v=${version}`, script.src);
    document.head.append(write("link", [], { rel: "stylesheet", href }));
    await Promise.all(FIRST.map(load));
  }

  async function loadText() {
    await load("search-text.js");
    await window.siteSearch.addText();
  }

  function write(name, words, attributes = {}) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...words);
    return element;
  }

  function markMatches(pieces) {
    return pieces.map((piece, number) => (number % 2 ? write("mark", [piece]) : piece));
  }

  function writeResult({ address, terms, title, where, line, isCode }) {
    const url = new URL(address, site);
    url.searchParams.set("match", terms.join(" "));
    const page = write("span", [where.join(" › ")], { class: "search-where" });
    const heading = write("span", markMatches(title), { class: "search-title" });
    const link = write("a", [heading, " ", page], { href: url.href });
    const kind = isCode ? "search-line code" : "search-line";
    return write("li", [link, write("p", markMatches(line), { class: kind })]);
  }

  function writeStatus(query, count) {
    if (!query) return [""];
    if (count) return [count === 1 ? "1 result" : `${count} results`];
    const words = [`No result for “${query}”. `];
    if (ask) {
      const href = `${ask}?title=${encodeURIComponent(query)}`;
      words.push(write("a", ["Ask this question"], { href }));
    }
    return words;
  }

  function startField(form) {
    const field = form.querySelector("input[name=q]");
    const isPage = !form.closest("dialog");
    const status = write("p", [], { role: "status", class: "search-status" });
    const list = write("ul", [], { class: "search" });
    const place = isPage ? document.getElementById("search-results") : write("div", []);
    place.classList.add("search-results");
    place.append(status, list);
    if (!isPage) form.after(place);

    function show() {
      const query = field.value.trim();
      const results = query && window.siteSearch ? window.siteSearch.search(field.value) : [];
      list.replaceChildren(...results.map(writeResult));
      status.replaceChildren(...writeStatus(query, results.length));
    }

    function prepare() {
      first ??= loadFirst();
      text ??= first.then(loadText);
      first.then(show);
      text.then(show).then(() => place.setAttribute("data-complete", "")).catch(() => {
        status.textContent = "The search could not be loaded.";
      });
    }

    field.addEventListener("focus", prepare, { once: true });
    field.addEventListener("input", () => {
      if (window.siteSearch) show();
      if (isPage) keepQuery(field.value);
    });
    place.parentElement.addEventListener("keydown", (event) => moveFocus(event, field, list));
    if (isPage) {
      field.value = new URLSearchParams(location.search).get("q") ?? "";
      form.addEventListener("submit", (event) => event.preventDefault());
      field.focus();
    }
  }

  // The address of the search page follows what is typed, so that "back" returns to it.
  function keepQuery(query) {
    const url = new URL(location.href);
    url.searchParams.set("q", query);
    history.replaceState(null, "", url);
  }

  function moveFocus(event, field, list) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [field, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  document.querySelectorAll("form.bd-search").forEach(startField);

  // A result names the terms that it matched, and the page shows them.
  if (new URLSearchParams(location.search).has("match")) load("show-match.js");
})();
