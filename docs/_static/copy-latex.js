// Copying a formula gives its LaTeX. The page is complete without this script.
document.addEventListener("copy", (event) => {
  const selection = document.getSelection();
  if (selection.isCollapsed) return;
  const copied = document.createElement("div");
  // A selection inside one formula means that formula.
  const start = selection.getRangeAt(0).commonAncestorContainer;
  const inside = (start.nodeType === 1 ? start : start.parentElement).closest("math");
  copied.append(
    inside ? inside.cloneNode(true) : selection.getRangeAt(0).cloneContents(),
  );
  const formulas = copied.querySelectorAll("math");
  if (!formulas.length) return;
  const html = copied.innerHTML;
  for (const formula of formulas) {
    const latex = formula.querySelector("annotation");
    const mark = formula.getAttribute("display") === "block" ? "$$" : "$";
    if (latex) formula.replaceWith(mark + latex.textContent.trim() + mark);
  }
  // innerText keeps line breaks only for what is rendered.
  copied.style.cssText = "position: fixed; left: -9999px; white-space: normal";
  document.body.append(copied);
  event.clipboardData.setData("text/plain", copied.innerText);
  event.clipboardData.setData("text/html", html);
  copied.remove();
  event.preventDefault();
});
