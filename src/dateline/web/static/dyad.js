// Two actors: cooperation above the line, conflict below it, a column a month; an empty month keeps its place.
"use strict";
draw.begin((months) => {
  const { el, text, colour, evidence, link, holder, figure } = draw;
  const H = 320, LEFT = 44, MIDDLE = 150;
  const query = new URLSearchParams(figure.dataset.address), pair = `${query.get("a")} | ${query.get("b")}`;
  const up = ["verbal_cooperation", "material_cooperation"], down = ["verbal_conflict", "material_conflict"];
  draw.legend([...up, ...down].map((k, i) => [k.replace("_", " "), colour("q" + (i + 1))]));
  const most = Math.max(1, ...months.map((m) => Math.max(m[up[0]] + m[up[1]], m[down[0]] + m[down[1]])));
  const unit = (MIDDLE - 25) / most;

  return function paint() {
    const W = draw.width(), wide = (W - LEFT - 10) / months.length, every = Math.ceil(months.length / (W / 85));
    const svg = el("svg", { viewBox: `0 0 ${W} ${H}` });
    months.forEach((m, i) => {
      const x = LEFT + i * wide, bars = [el("rect", { x, y: 10, width: Math.max(1, wide - 1), height: H - 40, fill: "transparent" })];
      let y = MIDDLE;
      for (const [j, k] of up.entries()) { const h = m[k] * unit; y -= h; if (h) bars.push(el("rect", { x, y, width: Math.max(1, wide - 1), height: h, fill: colour("q" + (j + 1)) })); }
      y = MIDDLE;
      for (const [j, k] of down.entries()) { const h = m[k] * unit; if (h) bars.push(el("rect", { x, y, width: Math.max(1, wide - 1), height: h, fill: colour("q" + (j + 3)) })); y += h; }
      const says = `${m.month}: ${m.events} events` + (m.events ? `, ${m[up[0]] + m[up[1]]} cooperation, ${m[down[0]] + m[down[1]]} conflict` : "");
      svg.append(m.events ? link(evidence({ between: pair, day: m.month, status: "actual" }), says, { class: "month" }, ...bars) : el("g", { class: "month empty" }, el("title", {}, says), ...bars));
      if (i % every === 0) svg.append(text(m.month, { x, y: H - 8 }), el("line", { x1: x, x2: x, y1: H - 24, y2: H - 30, stroke: colour("faint") }));
    });
    svg.append(el("line", { x1: LEFT, x2: W - 10, y1: MIDDLE, y2: MIDDLE, stroke: colour("faint") }),
      text(most, { x: LEFT - 6, y: 30, "text-anchor": "end" }), text("0", { x: LEFT - 6, y: MIDDLE + 4, "text-anchor": "end" }), text(most, { x: LEFT - 6, y: H - 28, "text-anchor": "end" }));
    holder.replaceChildren(svg);
  };
});
