// Makes of the page what is printed: nothing on paper can be opened or followed.
() => {
  for (const link of document.querySelectorAll("a[href]")) {
    if (!/^(#|https?:)/.test(link.getAttribute("href"))) link.removeAttribute("href");
  }
  const folded = document.querySelectorAll("details");
  if (folded.length === 0) return;
  const hints = document.createElement("section");
  hints.innerHTML = "<h2>Hints</h2>";
  for (const hint of folded) {
    let title = hint.previousElementSibling;
    while (!title.querySelector("strong")) title = title.previousElementSibling;
    const text = document.createElement("p");
    text.append(title.querySelector("strong").cloneNode(true), " ");
    hint.querySelector("summary").remove();
    text.append(...hint.childNodes);
    hints.append(text);
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = "A hint stands at the end.";
    hint.replaceWith(note);
  }
  document.querySelector("main").append(hints);
}
