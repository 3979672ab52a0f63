// Places as circles over the outlines of the world; near ones stand together until the zoom tells them apart.
"use strict";
draw.begin((rows) => {
  const { el, text, colour, evidence, link, holder } = draw;
  const W = 1200, H = 600, APART = 26;
  const px = (lon) => ((lon + 180) / 360) * W, py = (lat) => ((90 - lat) / 180) * H;
  let view = { x: 0, y: 20, w: W }, land = "", places = rows;
  const height = () => view.w * 0.46;
  fetch("/static/world.json").then((r) => r.json()).then(({ rings }) => {
    land = rings.map((r) => {
      let path = "";
      for (let i = 0; i < r.length; i += 2) path += (i ? "L" : "M") + px(r[i]).toFixed(1) + " " + py(r[i + 1]).toFixed(1);
      return path + "Z";
    }).join("");
    paint();
  });
  holder.tabIndex = 0;
  holder.setAttribute("role", "group");
  holder.setAttribute("aria-label", "Map; the table below says the same");

  function clusters() {
    const unit = (APART * view.w) / draw.width(), cells = new Map();
    for (const p of places) {
      const x = px(p.lon), y = py(p.lat);
      if (x < view.x - unit || x > view.x + view.w + unit || y < view.y - unit || y > view.y + height() + unit) continue;
      const key = Math.floor(x / unit) + " " + Math.floor(y / unit);
      let c = cells.get(key);
      if (!c) cells.set(key, (c = { x: 0, y: 0, events: 0, places: [] }));
      c.x += x * p.events;
      c.y += y * p.events;
      c.events += p.events;
      c.places.push(p);
    }
    return [...cells.values()].sort((a, b) => b.events - a.events);
  }
  function paint() {
    const k = view.w / draw.width(), small = Math.min(1, draw.width() / 800), biggest = Math.max(10, ...places.map((p) => p.events));
    const svg = el("svg", { viewBox: `${view.x} ${view.y} ${view.w} ${height()}` });
    svg.append(el("rect", { x: view.x - W, y: view.y - W, width: 3 * W, height: 3 * W, fill: colour("sea") }),
      el("path", { d: land, fill: colour("land"), stroke: colour("card"), "stroke-width": 0.7 * k, "fill-rule": "evenodd" }));
    for (const c of clusters()) {
      const r = (4 + 24 * small * Math.sqrt(c.events / biggest)) * k, x = c.x / c.events, y = c.y / c.events;
      const one = c.places[0], alone = c.places.length === 1;
      const label = alone ? `${one.place}: ${one.events} events` : `${c.places.length} places around ${one.place}: ${c.events} events`;
      const href = evidence(alone ? { place: one.geonames_id ?? one.place } : { country: one.country });
      const mark = link(href, label, { "data-go": "" }, el("circle", { cx: x, cy: y, r: Math.min(r, 40 * k), fill: colour("new"), "fill-opacity": 0.55, stroke: colour("new"), "stroke-width": k }));
      if (!alone) mark.addEventListener("click", (e) => {
        if (e.defaultPrevented || view.w < 8) return;
        e.preventDefault();
        zoomAt(0.45, x, y);
      });
      svg.append(mark);
      if (r > 11 * k) svg.append(text(c.events, { x, y: y + 4 * k, "text-anchor": "middle", "font-size": 11 * k, fill: colour("ink"), "pointer-events": "none" }));
    }
    holder.replaceChildren(svg);
  }
  const soon = draw.perFrame(paint);
  function zoomAt(factor, x, y) {
    const w = Math.max(4, Math.min(W, view.w * factor)), f = w / view.w;
    view = { x: x - (x - view.x) * f, y: y - (y - view.y) * f, w };
    soon();
  }
  draw.moves(holder, {
    pan: (dx, dy) => { const s = view.w / (holder.clientWidth || W); view.x -= dx * s; view.y -= dy * s; soon(); },
    zoom: (factor, e) => {
      const box = holder.getBoundingClientRect();
      const a = e ? (e.clientX - box.left) / box.width : 0.5, b = e ? (e.clientY - box.top) / box.height : 0.5;
      zoomAt(factor, view.x + a * view.w, view.y + b * height());
    },
    all: () => { view = { x: 0, y: 20, w: W }; soon(); },
  });
  return (other) => { places = other || places; paint(); };
});
