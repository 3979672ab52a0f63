// What the pictures share: elements of SVG, the page's colours, links to the evidence, and saving what is seen.
"use strict";
window.draw = (function () {
  const NS = "http://www.w3.org/2000/svg";
  const figure = document.getElementById("picture");
  const holder = document.getElementById("drawing");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  function el(name, given, ...children) {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(given || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  function text(words, given) {
    return el("text", { fill: colour("faint"), "font-size": 12, "font-family": "system-ui, sans-serif", ...given }, String(words));
  }
  // The address of the search that lists what a mark stands for: the picture's own filters, and more.
  function evidence(more) {
    const query = new URLSearchParams(figure.dataset.address);
    for (const key of ["tie", "a", "b", "by", "skip"]) query.delete(key);
    query.set("of", "events");
    for (const [key, value] of Object.entries(more)) if (value === null) query.delete(key); else if (value !== undefined) query.set(key, value);
    return "/search?" + query;
  }
  function link(href, label, given, ...children) {
    return el("a", { href, "aria-label": label, ...given }, el("title", {}, label), ...children);
  }
  // One frame, one drawing, however many events come.
  function perFrame(paint) {
    let asked = false;
    return () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => { asked = false; paint(); });
    };
  }
  const width = () => Math.max(320, Math.min(1400, holder.clientWidth || 1200));  // drawn as wide as it is seen, so that words stay legible
  async function rows() {
    return (await (await fetch(figure.dataset.from)).json()).rows;
  }
  function legend(pairs) {
    const list = document.createElement("ul");
    list.className = "legend";
    for (const [name, fill] of pairs) {
      const li = document.createElement("li");
      li.append(el("svg", { width: 12, height: 12, "aria-hidden": "true" }, el("rect", { width: 12, height: 12, rx: 2, fill })), " " + name);
      list.append(li);
    }
    figure.before(list);
  }
  let held = false;
  function moves(target, { pan, zoom, all }) {
    let from = null, moved = 0;
    target.addEventListener("pointerdown", (e) => { if (e.button === 0) { from = [e.clientX, e.clientY]; moved = 0; } });
    window.addEventListener("pointermove", (e) => {
      if (!from) return;
      const [dx, dy] = [e.clientX - from[0], e.clientY - from[1]];
      moved += Math.abs(dx) + Math.abs(dy);
      from = [e.clientX, e.clientY];
      held = moved > 4;
      pan(dx, dy);
    });
    for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, () => {
      from = null;
      if (!held) return;
      held = false;
      pan(0, 0);
    });
    target.addEventListener("dragstart", (e) => e.preventDefault());
    target.addEventListener("click", (e) => { if (moved > 4) e.preventDefault(); }, true);
    target.addEventListener("wheel", (e) => { e.preventDefault(); zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, e); }, { passive: false });
    document.addEventListener("keydown", (e) => {
      if (e.target.matches("input, textarea, select") || e.ctrlKey || e.metaKey || e.altKey) return;
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[e.key];
      if (step && target.contains(document.activeElement)) { e.preventDefault(); pan(...step); }
      else if (e.key === "+" || e.key === "=") zoom(1 / 1.4, null);
      else if (e.key === "-") zoom(1.4, null);
      else if (e.key === "0") all();
    });
  }
  function save(kind) {
    const svg = holder.querySelector("svg").cloneNode(true);
    const box = svg.viewBox.baseVal;
    svg.setAttribute("xmlns", NS);
    svg.setAttribute("width", box.width);
    svg.setAttribute("height", box.height);
    svg.prepend(el("rect", { x: box.x, y: box.y, width: box.width, height: box.height, fill: colour("card") }));
    const blob = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
    const name = "dateline-" + location.pathname.slice(1);
    if (kind === "svg") return give(blob, name + ".svg");
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = box.width * 2;
      canvas.height = box.height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(image.src);
      canvas.toBlob((png) => give(png, name + ".png"));
    });
    image.src = URL.createObjectURL(blob);
  }
  function give(blob, name) {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 10000);
  }
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => save(button.dataset.save));

  // Draws once the data is here, again when the colours change, and when another time is chosen: `make` gives what draws, from other rows if there are.
  let paint = () => {};
  async function begin(make) {
    if (!figure) return;
    paint = make(await rows());
    paint();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint());
    window.addEventListener("resize", perFrame(() => paint()));
    figure.dataset.ready = "1";
  }
  const again = (other) => paint(other);
  return { el, text, colour, evidence, link, width, perFrame, legend, moves, moving: () => held, begin, again, holder, figure };
})();
