// Months under a picture: drag over them, or move the two ends by arrow keys, and the picture shows that time. The address follows.
"use strict";
(function () {
  const strip = document.getElementById("brush");
  if (!strip || !draw.figure) return;
  const { el, text, colour, figure } = draw;
  let W = 1200;
  const H = 84, TOP = 8, FOOT = 62, KINDS = ["background", "ongoing", "new"], MOST = 360;
  const says = document.getElementById("brushed");
  let months = [], from = 0, to = 0, shown = String(new URLSearchParams(figure.dataset.address));
  const x = (i) => (i / months.length) * W;

  function begin(rows) {
    months = rows.slice(Math.max(0, rows.findIndex((m) => m.printed) - 3)).slice(-MOST);  // what is told of earlier times counts as before the first
    if (months.length < 2) { strip.closest("section").remove(); return; }
    const [first, last] = (new URLSearchParams(figure.dataset.address).get("day") || "").split("..");
    const at = (day, other) => { const i = months.findIndex((m) => m.month >= day.slice(0, 7)); return day && i >= 0 ? i : other; };
    from = at(first || "", 0);
    to = last === undefined && first ? at(first.length === 4 ? first + "-12" : first, months.length - 1) : at(last || "", months.length - 1);
    paint();
  }
  function paint() {
    W = strip.clientWidth || 1200;
    const most = Math.max(1, ...months.map((m) => m.new + m.ongoing + m.background)), wide = W / months.length;
    const svg = el("svg", { viewBox: `0 0 ${W} ${H}`, "aria-hidden": "true" });
    months.forEach((m, i) => {
      let y = FOOT;
      for (const k of KINDS) {
        const h = (m[k] / most) * (FOOT - TOP);
        y -= h;
        if (h) svg.append(el("rect", { x: x(i).toFixed(1), y: y.toFixed(1), width: Math.max(0.8, wide - 0.5).toFixed(1), height: h.toFixed(1), fill: colour(k), opacity: i >= from && i <= to ? 1 : 0.3 }));
      }
    });
    const every = Math.max(1, Math.ceil(months.length / (W / 80)));
    for (let i = 0; i < months.length; i += every) svg.append(text(months[i].month, { x: x(i) + 2, y: H - 6 }));
    svg.append(el("rect", { x: x(from), y: 2, width: Math.max(3, x(to + 1) - x(from)), height: FOOT, fill: colour("focus"), "fill-opacity": 0.1, stroke: colour("focus") }));
    strip.querySelector("svg")?.remove();
    strip.prepend(svg);
    for (const [name, i] of [["from", from], ["to", to]]) {
      const end = strip.querySelector(`[data-end=${name}]`);
      end.setAttribute("aria-valuemax", months.length - 1);
      end.setAttribute("aria-valuenow", i);
      end.setAttribute("aria-valuetext", months[i].month);
      end.style.setProperty("left", `${(x(name === "from" ? i : i + 1) / W) * 100}%`);
    }
    says.textContent = whole() ? "all months" : from === to ? months[from].month : `${months[from].month} to ${months[to].month}`;
  }
  const whole = () => from === 0 && to === months.length - 1;
  let waiting = 0;
  function choose() {
    paint();
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  }
  async function ask() {
    const query = new URLSearchParams(figure.dataset.address);
    const day = from === to ? months[from].month : `${from ? months[from].month : ""}..${to < months.length - 1 ? months[to].month : ""}`;  // an end is open
    if (whole()) query.delete("day"); else query.set("day", day);
    if (String(query) === shown) return;
    shown = String(query);
    const answer = await fetch(`${location.pathname}.json?${query}`);
    if (!answer.ok || shown !== String(query)) { if (!answer.ok) says.textContent = "this took too long: choose fewer months, or fewer filters"; return; }
    figure.dataset.address = query;
    figure.dataset.brushed = String(Number(figure.dataset.brushed || 0) + 1);
    history.replaceState(null, "", `${location.pathname}?${query}`);
    for (const a of document.querySelectorAll("[data-follows]")) a.href = a.getAttribute("href").split("?")[0] + "?" + query;
    draw.again((await answer.json()).rows);
  }
  const nearest = (e) => { const box = strip.getBoundingClientRect(); return Math.max(0, Math.min(months.length - 1, Math.floor(((e.clientX - box.left) / box.width) * months.length))); };
  let began = null;
  strip.addEventListener("pointerdown", (e) => {
    if (e.button !== 0 || !months.length) return;
    began = e.target.dataset.end === "from" ? to : e.target.dataset.end === "to" ? from : nearest(e);
    strip.setPointerCapture(e.pointerId);
    e.preventDefault();
    if (e.target.dataset.end) e.target.focus(); else { from = to = began; choose(); }
  });
  strip.addEventListener("pointermove", (e) => {
    if (began === null) return;
    const at = nearest(e);
    [from, to] = [Math.min(began, at), Math.max(began, at)];
    choose();
  });
  strip.addEventListener("pointerup", () => { began = null; });
  strip.addEventListener("keydown", (e) => {
    const end = e.target.dataset.end, by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -1e6, End: 1e6 }[e.key];
    if (!end || !by) return;
    e.preventDefault();
    e.stopPropagation();
    if (end === "from") from = Math.max(0, Math.min(to, from + by)); else to = Math.min(months.length - 1, Math.max(from, to + by));
    choose();
  });
  document.getElementById("unbrush").addEventListener("click", () => { from = 0; to = months.length - 1; choose(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint());
  window.addEventListener("resize", draw.perFrame(() => months.length > 1 && paint()));
  fetch(strip.dataset.from).then((r) => (r.ok ? r.json() : { rows: [] })).then(({ rows }) => begin(rows));
})();
