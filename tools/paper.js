// Makes of the page what is printed: nothing on paper can be opened or followed.
() => {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!/^(#|https?:)/.test(link.getAttribute("href"))) link.removeAttribute("href");
  }
  const folded = document.querySelectorAll("details");
  if (folded.length === 0) return;
  const folds = document.createElement("section");
  folds.innerHTML = "<h2>Hints and answers</h2>";
  for (const fold of folded) {
    let title = fold.previousElementSibling; // what it belongs to: an exercise's name or a heading
    while (title && !title.querySelector("strong") && !/^H\d$/.test(title.tagName)) title = title.previousElementSibling;
    const name = document.createElement("strong");
    name.textContent = (title?.querySelector("strong") ?? title)?.textContent ?? "";
    const summary = fold.querySelector("summary").textContent;
    fold.querySelector("summary").remove();
    const text = document.createElement("div");
    text.append(name, ` ${summary}: `, ...fold.childNodes);
    folds.append(text);
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = `${summary}: at the end.`;
    fold.replaceWith(note);
  }
  document.querySelector("main").append(folds);
}
