// Actors and the ties between them. The layout is computed the same way each time: no chance, no motion.
"use strict";
draw.begin((rows) => {
  const { el, text, colour, evidence, link, holder, figure } = draw;
  const spoken = "spoken" in figure.dataset;
  let W = 1200, H = 720, drawn, list, most, heaviest, acts;
  function lay(ties) {
    W = draw.width();
    H = W < 700 ? W * 1.4 : 720;
    if (W < 700) ties = ties.slice(0, 30);  // more cannot be told apart on a narrow screen
    const said = document.getElementById("ties");
    if (said) said.textContent = ties.length;
    const nodes = new Map();
    const node = (name) => nodes.get(name) || nodes.set(name, { name, weight: 0 }).get(name);
    drawn = ties.filter((t) => t.from !== t.to).map((t) => ({ ...t, a: node(t.from), b: node(t.to) }));
    for (const t of drawn) { t.a.weight += t.many; t.b.weight += t.many; }
    list = [...nodes.values()].sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
    list.forEach((n, i) => {
      const turn = i * 2.399963, far = 26 * Math.sqrt(i + 0.5);  // a sunflower: the strongest in the middle
      n.x = W / 2 + far * Math.cos(turn) * 1.5;
      n.y = H / 2 + far * Math.sin(turn);
    });
    most = Math.max(1, ...drawn.map((t) => t.many));
    heaviest = Math.max(1, ...list.map((n) => n.weight));
    for (let round = 0; round < 260; round++) {
      const step = 0.12 * (1 - round / 260);
      for (const n of list) { n.fx = (W / 2 - n.x) * 0.012; n.fy = (H / 2 - n.y) * 0.03; }
      for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) {
        const a = list[i], b = list[j], dx = a.x - b.x, dy = a.y - b.y, d = Math.max(60, dx * dx + dy * dy), f = 2600 / d;
        a.fx += (dx * f) / 20; a.fy += (dy * f) / 20; b.fx -= (dx * f) / 20; b.fy -= (dy * f) / 20;
      }
      for (const t of drawn) {
        const dx = t.b.x - t.a.x, dy = t.b.y - t.a.y, d = Math.hypot(dx, dy) || 1, f = ((d - 120) / d) * 0.06;
        t.a.fx += dx * f; t.a.fy += dy * f; t.b.fx -= dx * f; t.b.fy -= dy * f;
      }
      for (const n of list) {
        n.x += Math.max(-40, Math.min(40, n.fx * step * 10));
        n.y += Math.max(-40, Math.min(40, n.fy * step * 10));
      }
    }
    for (const [axis, size, edge] of [["x", W, Math.min(70, W / 8)], ["y", H, 30]]) {  // the whole of it, in the frame
      const at = list.map((n) => n[axis]), least = Math.min(...at), span = Math.max(1, Math.max(...at) - least);
      for (const n of list) n[axis] = edge + ((n[axis] - least) / span) * (size - 2 * edge);
    }
    acts = new Set(drawn.map((t) => t.a));
  }
  const quads = ["faint", "q1", "q2", "q3", "q4"];
  if (!spoken) draw.legend([["verbal cooperation", colour("q1")], ["material cooperation", colour("q2")], ["verbal conflict", colour("q3")], ["material conflict", colour("q4")]]);
  const short = (name) => (name.length > 22 ? name.slice(0, 21) + "…" : name);

  lay(rows);
  return function paint(other) {
    if (other || W !== draw.width()) lay((rows = other || rows));
    const svg = el("svg", { viewBox: `0 0 ${W} ${H}` });
    drawn.forEach((t, i) => {
      const dx = t.b.x - t.a.x, dy = t.b.y - t.a.y, d = Math.hypot(dx, dy) || 1;
      const radius = 5 + 13 * Math.sqrt(t.b.weight / heaviest), bend = 14 + (i % 3) * 7;
      const mx = (t.a.x + t.b.x) / 2 - (dy / d) * bend, my = (t.a.y + t.b.y) / 2 + (dx / d) * bend;
      const ex = t.b.x - (dx / d) * radius, ey = t.b.y - (dy / d) * radius, fill = colour(quads[t.quad || 0]);
      const turn = Math.atan2(ey - my, ex - mx), wide = 1 + 5 * Math.sqrt(t.many / most), size = 5 + wide;
      const head = `M${ex} ${ey}L${ex - size * Math.cos(turn - 0.45)} ${ey - size * Math.sin(turn - 0.45)}L${ex - size * Math.cos(turn + 0.45)} ${ey - size * Math.sin(turn + 0.45)}Z`;
      const href = spoken ? evidence({ of: "statements", speaker: t.from }) : evidence({ actor: t.from, recipient: t.to, quad: t.quad });
      const says = spoken ? `${t.from} speaks of ${t.to}: ${t.many} statements` : `${t.from} → ${t.to}: ${t.many} events`;
      svg.append(link(href, says, { class: "tie", tabindex: -1 },
        el("path", { d: `M${t.a.x} ${t.a.y}Q${mx} ${my} ${ex} ${ey}`, fill: "none", stroke: fill, "stroke-width": wide, "stroke-opacity": 0.55 }), el("path", { d: head, fill, "fill-opacity": 0.8 })));
    });
    list.forEach((n, i) => {
      const r = 4 + 13 * Math.sqrt(n.weight / heaviest);
      const mark = link(evidence(spoken ? { q: `"${n.name}"` } : acts.has(n) ? { actor: n.name } : { recipient: n.name }), `Everything with ${n.name}`, { class: "actor" },
        el("circle", { cx: n.x, cy: n.y, r, fill: colour("card"), stroke: colour("focus"), "stroke-width": 2 }));
      if (i < (W < 700 ? 18 : 70)) mark.append(text(short(n.name), { x: n.x, y: n.y - r - 4, "text-anchor": "middle", fill: colour("ink"), "font-size": i < 15 ? 13 : 11 }));
      svg.append(mark);
    });
    holder.replaceChildren(svg);
  };
});
