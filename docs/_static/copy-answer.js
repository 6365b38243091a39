// A question and a law can be copied: their address, or all of them as Markdown.
// The page is complete without this script, because the address is a link too.
const HIDDEN = ".headerlink, .law-source, .copybtn, .controls, .changed, annotation";
const home = document.querySelector('link[rel="canonical"]')?.href || location.href;

function writeMarkdown(node) {
  if (node.nodeType === 3) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== 1) return "";
  if (node.localName === "math") {
    const latex = node.querySelector("annotation");
    return latex ? `$${latex.textContent.trim()}$` : node.textContent;
  }
  if (node.matches(HIDDEN)) return "";
  const inside = [...node.childNodes].map(writeMarkdown).join("");
  if (node.localName === "code") return `\`${node.textContent}\``;
  if (node.localName === "em") return `*${inside}*`;
  if (node.localName === "strong") return `**${inside}**`;
  if (node.localName === "a") return `[${inside}](${new URL(node.getAttribute("href"), home)})`;
  if (node.localName === "li") return `- ${inside.trim()}\n`;
  return node.localName === "p" ? `${inside.trim()}\n\n` : inside;
}

// A cell that draws has nothing to paste.
function writeCell(cell) {
  const blocks = [];
  if (cell.textContent.includes("examples.pictures")) return "";
  for (const pre of cell.querySelectorAll("pre")) {
    const output = pre.closest(".cell_output");
    const fence = output ? "```text" : "```python";
    blocks.push(`${fence}\n${pre.textContent.replace(/\s+$/, "")}\n\`\`\``);
  }
  return blocks.join("\n\n");
}

// The cells below a law end with the first one, and those of a question with the
// section, an exercise, or the number that its author gave.
function findCells(box, most) {
  const cells = [];
  for (let next = box.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.matches("section, .exercise") || cells.length === most) break;
    if (next.matches(".cell:not(.tag_hide-cell)")) cells.push(next);
  }
  return cells;
}

function findAddress(box) {
  const link = box.querySelector("a.short-address, .admonition-title a.headerlink");
  return new URL(link.getAttribute("href"), home).href;
}

function readTitle(box) {
  const heading = box.querySelector(".admonition-title");
  return [...heading.childNodes].map(writeMarkdown).join("").trim();
}

function writeAnswer(box, most) {
  const text = [...box.children].filter((part) => !part.matches(".admonition-title"));
  const parts = [`**${readTitle(box)}**`, text.map(writeMarkdown).join("").trim()];
  parts.push(...findCells(box, most).map(writeCell));
  parts.push(`<${findAddress(box)}>`);
  return parts.filter(Boolean).join("\n\n") + "\n";
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers give no clipboard to a page from disk.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function addButton(controls, words, title, getText, status) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.setAttribute("aria-label", `${words}: ${title}`);
  button.addEventListener("click", async () => {
    await copyText(getText());
    button.focus();
    status.textContent = "Copied";
    setTimeout(() => (status.textContent = ""), 2000);
  });
  controls.append(button);
}

for (const controls of document.querySelectorAll("p.controls")) {
  const box = controls.closest(".question, .law");
  const count = box.matches(".law") ? 1 : Number(controls.dataset.cells) || Infinity;
  const title = readTitle(box).replaceAll("`", "");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  addButton(controls, "Copy link", title, () => findAddress(box), status);
  addButton(controls, "Copy as Markdown", title, () => writeAnswer(box, count), status);
  controls.append(status);
}
