// Rank the documents for a query. search-start.js loads this file after MiniSearch and
// after the first index, search-first.js. The text, search-text.js, comes later.
window.siteSearch = (() => {
  const { first } = window.searchData;
  const { rules } = first;
  const token = new RegExp(rules.token, "g");
  const parts = new RegExp(rules.parts);
  const stem = new RegExp(rules.stem);
  const stop = new Set(rules.stop);
  const known = new Set(first.terms.split(" "));
  const options = { idField: "id", tokenize: (text) => findTerms(text), processTerm: (term) => term };
  const TITLES = { title: 3, asked: 3, around: 1 };
  const TEXT = { text: 0.9, code: 0.7 };
  // A message that is pasted names the entry of the error; other words rarely mean it.
  const MESSAGE = /error|warning|could not|cannot|must be|mismatch|out of|invalid|unsupported/i;
  const KINDS = { question: 1.3, law: 0.95, tab: 1, exercise: 0.5 };
  // The weights of what is less than a whole word of the query.
  const LETTER = 0.4; // x, y, n
  const PART = 0.4;
  const SYNONYM = 0.6;
  const MOST = 30;
  let texts = null;

  // The same as split_token in extensions/search/terms.py.
  function splitToken(word) {
    const lower = word.toLowerCase();
    if (!/^[a-z0-9_]/.test(lower)) return [lower];
    const found = lower.split(parts).filter((part) => part && !stop.has(part));
    if (found.length > 1) found.push(found.join(""));
    return found.map((part) => part.replace(stem, "$1").replace(/^(.{2,})y$/, "$1i"));
  }

  function findTerms(text) {
    return (text.match(token) || []).flatMap(splitToken);
  }

  // Unpack what list_postings in extensions/search/index.py wrote, as MiniSearch wants it.
  function readIndex() {
    const count = first.documents.length;
    const lengths = first.documents.map(() => first.fields.map(() => 0));
    const terms = first.terms.split(" ");
    const index = first.postings.split(" ").map((line, number) => {
      const entry = {};
      line.split(";").forEach((list, field) => {
        if (!list) return;
        const found = (entry[field] = {});
        let id = 0;
        for (const step of list.split(",")) {
          id += parseInt(step, 36);
          found[id] = 1;
          lengths[id][field] += 1;
        }
      });
      return [terms[number], entry];
    });
    const numbers = [...lengths.keys()];
    const average = first.fields.map(
      (_, field) => lengths.reduce((sum, each) => sum + each[field], 0) / count,
    );
    const json = {
      documentCount: count,
      nextId: count,
      documentIds: { ...numbers },
      fieldIds: Object.fromEntries(first.fields.map((name, field) => [name, field])),
      fieldLength: { ...lengths },
      averageFieldLength: average,
      storedFields: {},
      dirtCount: 0,
      index,
      serializationVersion: 2,
    };
    return MiniSearch.loadJS(json, { ...options, fields: first.fields });
  }

  // Add what is said in other words: two words that are one name, and synonyms.
  function expandQuery(query) {
    const said = query.match(token) || [];
    const terms = new Map();
    function add(term, places, weight) {
      const old = terms.get(term);
      if (!old) terms.set(term, { places: new Set(places), weight });
      else places.forEach((place) => old.places.add(place));
    }
    // Of a name such as rel_entr, the parts are worth less than all of them together.
    const words = said.map(splitToken).filter((found) => found.length);
    words.forEach((found, place) => {
      const part = found.length > 1 ? PART : found[0].length > 1 ? 1 : LETTER;
      found.forEach((term, step) => add(term, [place], step && step === found.length - 1 ? 1 : part));
    });
    const flat = words.flatMap((found, place) => found.map((term) => ({ term, place })));
    for (let next = 1; next < flat.length; next++) {
      const joined = flat[next - 1].term + flat[next].term;
      if (known.has(joined)) add(joined, [flat[next - 1].place, flat[next].place], 1);
    }
    for (const [phrase, meaning] of rules.synonyms) {
      for (let start = 0; start + phrase.length <= flat.length; start++) {
        if (phrase.some((term, step) => term !== flat[start + step].term)) continue;
        const places = phrase.map((_, step) => flat[start + step].place);
        meaning.forEach((term) => add(term, places, SYNONYM));
      }
    }
    return { terms, last: flat.at(-1)?.term, complete: /\s$/.test(query) };
  }

  function searchIndex(index, boost, { terms, last, complete }) {
    const isNew = (term) => term.length > 3 && !known.has(term);
    return index.search([...terms.keys()].join(" "), {
      boost,
      tokenize: () => [...terms.keys()],
      boostTerm: (term) => terms.get(term).weight,
      prefix: (term) => isNew(term) || (term === last && !complete && term.length > 2),
      fuzzy: (term) => (isNew(term) ? 0.25 : false),
    });
  }

  // A document is the better, the more words of the query it has.
  function rank(query) {
    const expanded = expandQuery(query);
    const found = new Map();
    const searches = [[titles, TITLES], ...(texts ? [[texts.index, TEXT]] : [])];
    for (const [index, boost] of searches) {
      for (const result of searchIndex(index, boost, expanded)) {
        const each = found.get(result.id) ?? { score: 0, places: new Set(), titled: new Set(), terms: new Set() };
        each.score += result.score / result.queryTerms.length;
        for (const term of result.queryTerms) {
          const { places } = expanded.terms.get(term);
          places.forEach((place) => each.places.add(place));
          if (index !== titles) continue;
          places.forEach((place) => each.titled.add(place));
        }
        result.terms.forEach((term) => each.terms.add(term));
        found.set(result.id, each);
      }
    }
    const error = MESSAGE.test(query) ? 1.7 : 0.9;
    const ranked = [...found].map(([id, each]) => {
      const name = first.documents[id][2];
      const kind = name === "error" ? error : (KINDS[name] ?? 1);
      return { id, terms: each.terms, score: each.score * (each.places.size + each.titled.size) * kind };
    });
    return ranked.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  // Split a line into pieces, of which every second one is a match.
  function splitLine(line, terms) {
    const pieces = [""];
    let end = 0;
    for (const match of line.matchAll(token)) {
      if (!splitToken(match[0]).some((term) => terms.has(term))) continue;
      pieces[pieces.length - 1] += line.slice(end, match.index);
      pieces.push(match[0], "");
      end = match.index + match[0].length;
    }
    pieces[pieces.length - 1] += line.slice(end);
    return pieces;
  }

  // The line with the most different matches; of equal ones, the first.
  function chooseLine(id, terms) {
    const [words, code] = texts ? texts.lines[id] : [[], []];
    const lines = [...words, ...code];
    let best = 0;
    let most = 0;
    lines.forEach((line, number) => {
      const count = new Set(findTerms(line).filter((term) => terms.has(term))).size;
      if (count > most) [best, most] = [number, count];
    });
    return { line: lines[best]?.trim() ?? "", isCode: best >= words.length };
  }

  function search(query) {
    const results = [];
    const seen = new Set();
    for (const { id, terms } of rank(query)) {
      const [page, label, kind, title, section] = first.documents[id];
      const [name, pageTitle] = first.pages[page];
      const address = `${name}.html${kind === "page" ? "" : `#${label}`}`;
      if (seen.has(address)) continue;
      seen.add(address);
      const where = [pageTitle, section].filter((part) => part && part !== title);
      const { line, isCode } = chooseLine(id, terms);
      const marked = { title: splitLine(title, terms), line: splitLine(line, terms) };
      results.push({ address, terms: [...terms], where, isCode, ...marked });
      if (results.length === MOST) break;
    }
    return results;
  }

  // Index the text in small steps, between which the browser stays responsive.
  async function addText() {
    const { text } = window.searchData;
    const index = new MiniSearch({
      ...options,
      fields: ["text", "code"],
      processTerm: (term) => (known.add(term), term),
    });
    const documents = text.map(([words, code], id) => ({ id, text: words, code }));
    await index.addAllAsync(documents, { chunkSize: 20 });
    const lines = text.map((both) => both.map((part) => part.split("\n").filter((line) => line.trim())));
    texts = { index, lines };
  }

  const titles = readIndex();
  return { search, addText, findTerms };
})();
