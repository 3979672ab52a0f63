// Keys that work on every page. Every page also works without it.
(function () {
  "use strict";
  const typing = (el) => el.matches("input, textarea, select, [contenteditable]");
  const help = document.getElementById("help");
  async function showHelp() {
    if (!help.childNodes.length) {
      const page = new DOMParser().parseFromString(await (await fetch("/help")).text(), "text/html");
      help.append(document.importNode(page.getElementById("help-text"), true));
      const close = document.createElement("button");
      close.textContent = "Close";
      close.addEventListener("click", () => help.close());
      help.append(close);
    }
    help.showModal();
  }
  for (const a of document.querySelectorAll("[data-help]")) a.addEventListener("click", (press) => { press.preventDefault(); showHelp(); });

  const found = Array.from(document.querySelectorAll(".found > li"));
  let at = -1;
  function step(by) {
    if (!found.length) return;
    at = Math.max(0, Math.min(found.length - 1, at + by));
    for (const li of found) li.classList.remove("at");
    found[at].classList.add("at");
    found[at].scrollIntoView({ block: "nearest" });
    const link = found[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  const hits = Array.from(document.querySelectorAll(".k-hit"));
  let hit = -1;
  function nextHit() {
    if (!hits.length) return;
    hit = (hit + 1) % hits.length;
    for (const el of hits) el.classList.remove("on");
    hits[hit].classList.add("on");
    hits[hit].scrollIntoView({ block: "center" });
  }
  for (const a of document.querySelectorAll("[data-hit]")) a.addEventListener("click", (press) => { press.preventDefault(); nextHit(); });
  if (!location.hash) nextHit();

  document.addEventListener("keydown", (key) => {
    if (typing(key.target)) {
      if (key.key === "Enter" && (key.ctrlKey || key.metaKey) && key.target.form) key.target.form.requestSubmit();
      return;
    }
    if (key.ctrlKey || key.metaKey || key.altKey || help.open) return;
    if (key.key === "/") { key.preventDefault(); (document.getElementById("q") || document.getElementById("find")).focus(); }
    else if (key.key === "?") showHelp();
    else if (key.key === "h") nextHit();
    else if (found.length && (key.key === "j" || key.key === "k")) step(key.key === "j" ? 1 : -1);
  });

  const counting = document.querySelector("[data-counts]");  // counts that would have kept the page waiting
  if (counting) fetch(counting.dataset.counts).then((r) => (r.ok ? r.text() : "")).then((text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const [from, to] of [["facets", counting], ["total", document.getElementById("total")]]) {
      const found = page.getElementById(from);
      if (found) to.replaceChildren(...document.importNode(found, true).childNodes);
      else to.textContent = "";
    }
  });

  const example = document.querySelector("[data-example]");
  if (example) example.addEventListener("click", async () => {
    document.getElementById("text").value = (await (await fetch("/static/example.json")).json()).text;
    document.getElementById("text").form.querySelector("button.main").focus();
  });
})();
