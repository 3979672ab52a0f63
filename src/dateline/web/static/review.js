// One key decides and goes on. Selected words become an item's characters, counted in code points as records count them.
(function () {
  "use strict";
  const context = document.getElementById("context");
  const own = document.getElementById("own");
  if (own) own.scrollIntoView({ block: "nearest" });

  function selected() {
    const chosen = window.getSelection();
    if (!context || !chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    if (!context.contains(range.startContainer) || !context.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(context, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const first = Number(context.dataset.start) + Array.from(before.toString()).length;
    return [first, first + Array.from(range.toString()).length];
  }
  let last = null;
  document.addEventListener("selectionchange", () => { last = selected() || last; });
  for (const button of document.querySelectorAll("[data-span]")) {
    button.addEventListener("click", () => {
      if (!last) return;
      button.form.elements.f_first.value = last[0];
      button.form.elements.f_last.value = last[1];
      button.form.elements.f_last.focus();
    });
  }
  let sent = false;
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();  // a key held down decides once
      sent = true;
    });
  }
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("keydown", (key) => {
    if (key.target.matches("input, textarea, select")) {
      if (key.key === "Escape") key.target.blur();
      return;
    }
    if (key.ctrlKey || key.metaKey || key.altKey || key.repeat || document.querySelector("dialog[open]")) return;
    if (key.key === " " && key.target.matches("button, summary, a")) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(key.key)}"]`);
    if (button) { key.preventDefault(); button.click(); return; }
    const judge = document.getElementById("judge");
    const missed = document.getElementById("missed");
    if (key.key === "n" && judge) { key.preventDefault(); judge.elements.note.focus(); }
    else if (key.key === "e" && judge) { key.preventDefault(); judge.querySelector("fieldset input").focus(); }
    else if (key.key === "m" && missed) { missed.open = true; missed.scrollIntoView({ block: "nearest" }); }
  });
})();
