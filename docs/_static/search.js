// Rank the documents for a query. search-start.js loads this file after MiniSearch and
// after the first index, search-first.js. The text, search-text.js, comes later.
window.siteSearch = (() => {
  const { first } = window.searchData;
  const { rules } = first;
  const token = new RegExp(rules.token, "g");
  const parts = new RegExp(rules.parts);
  const stem = new RegExp(rules.stem);
  const stop = new Set(rules.stop);
  const known = new Set(first.terms);
  const options = { idField: "id", tokenize: (text) => findTerms(text), processTerm: (term) => term };
  const FIELDS = ["title", "asked"];
  const TITLES = { title: 3, asked: 3 };
  const TEXT = { text: 0.9, code: 0.7 };
  // A message that is pasted names the entry of the error; other words rarely mean it.
  const MESSAGE = /error|warning|could not|cannot|must be|mismatch|out of|invalid|unsupported/i;
  // Of a short query the titles of sections say more than whole questions do.
  const SHORT = 3;
  const KINDS = { page: 1.15, law: 0.75, tab: 1, exercise: 0.5, term: 0.5 };
  // The weights of what is less than a whole word of the query.
  const LETTER = 0.4; // x, y, n
  const PART = 0.4;
  const SYNONYM = 0.6;
  const AROUND = 0.35; // a word in the title of the section or page around
  const IN_ORDER = 0.25; // a title that the query has word for word
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

  // Give MiniSearch the terms of list_postings in extensions/search/index.py as an index
  // of its own. A document has each of its terms once.
  function readIndex() {
    const { documents, terms, postings } = first;
    const lengths = documents.map(() => FIELDS.map(() => 0));
    const index = terms.map((term, number) => {
      const entry = {};
      postings.forEach((lists, field) => {
        if (!lists[number].length) return;
        entry[field] = {};
        for (const id of lists[number]) {
          entry[field][id] = 1;
          lengths[id][field] += 1;
        }
      });
      return [term, entry];
    });
    const average = FIELDS.map(
      (_, field) => lengths.reduce((sum, each) => sum + each[field], 0) / documents.length,
    );
    const json = {
      documentCount: documents.length,
      nextId: documents.length,
      documentIds: { ...[...documents.keys()] },
      fieldIds: Object.fromEntries(FIELDS.map((name, field) => [name, field])),
      fieldLength: { ...lengths },
      averageFieldLength: average,
      storedFields: {},
      dirtCount: 0,
      index,
      serializationVersion: 2,
    };
    const loaded = MiniSearch.loadJS(json, { ...options, fields: FIELDS });
    return { index: loaded, lengths, terms: documents.map(([, , , title]) => findTerms(title)) };
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
    return { terms, count: words.length, last: flat.at(-1)?.term, complete: /\s$/.test(query) };
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

  // The share of a title that the query has word for word, one after the other.
  function findRun(said, title) {
    let longest = 0;
    for (let start = 0; start < said.length; start++) {
      for (let from = 0; from < title.length; from++) {
        let length = 0;
        while (from + length < title.length && said[start + length] === title[from + length]) length++;
        longest = Math.max(longest, length);
      }
    }
    return longest / Math.max(title.length, 1);
  }

  // A document is the better, the more words of the query it has, above all in its title.
  function rank(query) {
    const expanded = expandQuery(query);
    const said = findTerms(query);
    const named = collect(titles.index, TITLES, expanded);
    const read = texts ? collect(texts.index, TEXT, expanded) : new Map();
    const error = MESSAGE.test(query) ? 1.7 : 0.9;
    const question = expanded.count > SHORT ? 1.3 : 0.6;
    const ranked = [];
    for (const id of new Set([...named.keys(), ...read.keys()])) {
      const [, , kind] = first.documents[id];
      const parts = [named.get(id), read.get(id), ...listAround(id, named)].filter(Boolean);
      const places = new Set(parts.flatMap((part) => part.places));
      const inTitle = new Set(named.get(id)?.places);
      const share = (named.get(id)?.titled ?? 0) / titles.lengths[id][0];
      const score = parts.reduce((sum, part) => sum + part.score, 0);
      const weight = { error, question, ...KINDS }[kind] ?? 1;
      const terms = new Set(parts.flatMap((part) => part.terms));
      const words = places.size + inTitle.size;
      const inOrder = 1 + IN_ORDER * findRun(said, titles.terms[id]);
      ranked.push({ id, terms, score: score * words * weight * (1 + share) * inOrder });
    }
    return ranked.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  // What an index finds: for each document its score, and which words of the query it has.
  function collect(index, boost, expanded) {
    const found = new Map();
    for (const { id, score, queryTerms, terms, match } of searchIndex(index, boost, expanded)) {
      const places = queryTerms.flatMap((term) => [...expanded.terms.get(term).places]);
      const titled = terms.filter((term) => match[term].includes("title")).length;
      // MiniSearch multiplies by the number of terms, and rank by the number of words.
      found.set(id, { score: score / queryTerms.length, places, terms, titled });
    }
    return found;
  }

  // The documents around a document, the page last.
  function listParents(id) {
    const parents = [];
    let [, , , , parent] = first.documents[id];
    for (; parent >= 0; [, , , , parent] = first.documents[parent]) parents.push(parent);
    return parents;
  }

  // A document is also about what the titles around it say.
  function listAround(id, named) {
    const found = listParents(id).map((parent) => named.get(parent)).filter(Boolean);
    return found.map((part) => ({ ...part, score: AROUND * part.score }));
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
    const [words, code, asked] = texts ? texts.lines[id] : [[], [], []];
    const lines = [...words, ...code, ...asked];
    let best = 0;
    let most = 0;
    lines.forEach((line, number) => {
      const count = new Set(findTerms(line).filter((term) => terms.has(term))).size;
      if (count > most) [best, most] = [number, count];
    });
    return { line: lines[best]?.trim() ?? "", isCode: best >= words.length && best < words.length + code.length };
  }

  function search(query) {
    const results = [];
    const seen = new Set();
    for (const { id, terms } of rank(query)) {
      const [page, label, kind, title] = first.documents[id];
      const address = `${first.pages[page]}.html${kind === "page" ? "" : `#${label}`}`;
      if (seen.has(address)) continue;
      seen.add(address);
      const { line, isCode } = chooseLine(id, terms);
      const marked = { title: splitLine(title, terms), line: splitLine(line, terms) };
      const where = listParents(id).map((parent) => first.documents[parent][3]).reverse();
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
