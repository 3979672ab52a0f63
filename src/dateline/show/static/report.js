// Ties items to their characters, both ways. No framework; works from a file.
(function () {
  "use strict";
  const report = document.getElementById("report");
  const items = Array.from(document.querySelectorAll(".item"));
  const pieces = new Map();
  for (const piece of report.querySelectorAll("[data-keys]")) {
    for (const key of piece.dataset.keys.split(" ")) {
      if (!pieces.has(key)) pieces.set(key, []);
      pieces.get(key).push(piece);
    }
  }
  function clear() {
    for (const el of document.querySelectorAll(".on")) el.classList.remove("on");
  }
  function lightUp(key) {
    for (const piece of pieces.get(key) || []) piece.classList.add("on");
  }
  function choose(key, from) {
    clear();
    lightUp(key);
    const item = document.getElementById(key);
    if (item) {
      item.classList.add("on");
      const group = item.closest("details");
      if (group) group.open = true;
      if (from !== "item") item.scrollIntoView({ block: "nearest" });
    }
    const first = (pieces.get(key) || [])[0];
    if (first && from !== "text") first.scrollIntoView({ block: "nearest" });
  }
  for (const item of items) {
    item.addEventListener("click", () => choose(item.dataset.key, "item"));
    item.addEventListener("focus", () => { clear(); item.classList.add("on"); lightUp(item.dataset.key); });
    item.addEventListener("mouseenter", () => lightUp(item.dataset.key));
    item.addEventListener("mouseleave", () => {
      if (!item.classList.contains("on")) for (const p of pieces.get(item.dataset.key) || []) p.classList.remove("on");
    });
  }
  const order = ["check", "event", "statement", "quantity", "time", "place", "actor", "field"];
  report.addEventListener("click", (press) => {
    const piece = press.target.closest("[data-keys]");
    if (!piece) return;
    const keys = piece.dataset.keys.split(" ");
    const lit = (key) => report.classList.contains("lit-" + kind(key));
    const kind = (key) => (order.find((k) => document.getElementById(key)?.classList.contains(k)) || "field");
    keys.sort((a, b) => (lit(b) - lit(a)) || order.indexOf(kind(a)) - order.indexOf(kind(b)));
    const now = document.querySelector(".item.on");
    const at = now ? keys.indexOf(now.dataset.key) : -1;
    choose(keys[(at + 1) % keys.length], "text");
  });
  for (const mark of document.querySelectorAll("[data-goto]")) mark.addEventListener("click", () => choose(mark.dataset.goto, "axis"));
  for (const box of document.querySelectorAll("[data-light]")) {
    box.addEventListener("change", () => report.classList.toggle("lit-" + box.dataset.light, box.checked));
  }
  document.addEventListener("keydown", (key) => {
    if (key.target.matches("input, textarea, select") || key.ctrlKey || key.metaKey || key.altKey) return;
    const shown = items.filter((i) => i.offsetParent !== null);
    const at = shown.indexOf(document.activeElement);
    if (key.key === "j" || key.key === "k") {
      const next = shown[Math.max(0, Math.min(shown.length - 1, at + (key.key === "j" ? 1 : -1)))];
      if (next) next.focus();
    } else if (key.key === "Enter" && at >= 0) {
      choose(shown[at].dataset.key, "item");
    } else if (key.key === "Escape") {
      clear();
    }
  });
  if (location.hash) choose(location.hash.slice(1), "hash");
})();
