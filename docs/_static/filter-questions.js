// Filter the list of questions while one types. The list is complete without it.
const list = document.querySelector(".question-list");
const items = [...list.querySelectorAll("li")];

const label = document.createElement("label");
label.textContent = "Filter the questions";
const field = document.createElement("input");
field.type = "search";
field.autocomplete = "off";
const count = document.createElement("p");
count.setAttribute("role", "status");
label.append(field);
document.querySelector(".question-filter").append(label, count);

function showCount(shown, query) {
  count.textContent = query ? `${shown} of ${items.length} questions` : `${items.length} questions`;
  if (query && list.dataset.ask) {
    const ask = document.createElement("a");
    ask.href = `${list.dataset.ask}?title=${encodeURIComponent(query)}`;
    ask.textContent = "Ask this question";
    count.append(". ", ask);
  }
}

function filterList() {
  const query = field.value.trim();
  const words = query.toLowerCase().split(/\s+/);
  for (const item of items) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
  }
  for (const group of list.children) {
    if (group.localName === "div") group.hidden = !group.querySelector("li:not([hidden])");
  }
  // A heading stays as long as a group below it does.
  for (const heading of list.querySelectorAll(":scope > h2")) {
    let next = heading.nextElementSibling;
    while (next?.hidden) next = next.nextElementSibling;
    heading.hidden = next?.localName !== "div";
  }
  showCount(items.filter((item) => !item.hidden).length, query);
}

field.addEventListener("input", filterList);
filterList();
