// Events by the day they happened, above; reports by the day of printing, below. The server counts days; bins follow the zoom.
"use strict";
draw.begin((rows) => {
  const { el, text, colour, evidence, link, holder } = draw;
  let W = 1200;
  const DAY = 86400000, H = 360, LEFT = 56, MIDDLE = 235, FOOT = 330, KINDS = ["new", "ongoing", "background"];
  const at = (day) => {
    const date = new Date(0);
    date.setUTCFullYear(Number(day.slice(0, 4)), Number(day.slice(5, 7) || 1) - 1, Number(day.slice(8, 10) || 1));
    return Math.round(date / DAY);
  };
  const days = rows.map((r) => at(r.day));
  const iso = (n) => new Date(n * DAY).toISOString().slice(0, 10);
  const printed = days.filter((_, i) => rows[i].printed);
  const least = days[0], most = days[days.length - 1] + 1;
  // The view begins where the reports were printed; what happened centuries ago is a zoom away.
  let from = printed.length ? Math.max(least, printed[0] - 90) : least;
  let to = printed.length ? Math.min(most, printed[printed.length - 1] + 45) : most;
  if (to - from < 14) { from -= 7; to += 7; }
  const first = [from, to];
  draw.legend([...KINDS.map((k) => [k, colour(k)]), ["printed", colour("focus")]]);
  holder.tabIndex = 0;
  holder.setAttribute("role", "group");
  holder.setAttribute("aria-label", "Timeline; the table below says the same");

  function start(n, unit) {  // the first day of the bin that holds a day
    if (unit === "day") return n;
    if (unit === "week") return n - ((n + 3) % 7 + 7) % 7;
    const d = new Date(n * DAY), y = d.getUTCFullYear();
    const made = new Date(0);
    if (unit === "month") made.setUTCFullYear(y, d.getUTCMonth(), 1);
    else made.setUTCFullYear(unit === "year" ? y : Math.floor(y / 10) * 10, 0, 1);
    return Math.round(made / DAY);
  }
  function next(n, unit) {
    if (unit === "day") return n + 1;
    if (unit === "week") return n + 7;
    const d = new Date(n * DAY);
    if (unit === "month") d.setUTCMonth(d.getUTCMonth() + 1);
    else d.setUTCFullYear(d.getUTCFullYear() + (unit === "year" ? 1 : 10));
    return Math.round(d / DAY);
  }
  function paint() {
    W = draw.width();
    const span = to - from, room = W / 1200;  // a narrow screen takes larger bins
    const unit = span <= 200 * room ? "day" : span <= 1300 * room ? "week" : span <= 7300 * room ? "month" : span <= 80000 ? "year" : "decade";
    const bins = new Map();
    for (let i = 0; i < days.length; i++) {
      if (days[i] < from - 3660 || days[i] > to) continue;
      const key = start(days[i], unit);
      let bin = bins.get(key);
      if (!bin) bins.set(key, (bin = { new: 0, ongoing: 0, background: 0, printed: 0 }));
      for (const k of KINDS) bin[k] += rows[i][k];
      bin.printed += rows[i].printed;
    }
    const x = (n) => LEFT + ((n - from) / span) * (W - LEFT - 10);
    let top = 1, low = 1;
    for (const [n, b] of bins) if (next(n, unit) > from && n < to) { top = Math.max(top, b.new + b.ongoing + b.background); low = Math.max(low, b.printed); }
    const up = (MIDDLE - 20) / top, down = (FOOT - MIDDLE - 25) / low;
    const svg = el("svg", { viewBox: `0 0 ${W} ${H}`, "font-family": "system-ui, sans-serif" });
    const clip = el("clipPath", { id: "inside" }, el("rect", { x: LEFT, y: 0, width: W - LEFT - 10, height: H }));
    const marks = el("g", { "clip-path": "url(#inside)" });
    const fill = { new: colour("new"), ongoing: colour("ongoing"), background: colour("background"), printed: colour("focus") };
    const light = draw.moving();  // while it is dragged nothing is clicked: the marks become links when it stands still
    const put = (more, says, given, ...shapes) => marks.append(...(light ? shapes : [link(evidence(more), says, given, ...shapes)]));
    for (const [n, b] of bins) {
      const end = next(n, unit);
      if (end < from || n > to) continue;
      const x0 = x(n), width = Math.max(1.2, x(end) - x0 - 1);
      const total = b.new + b.ongoing + b.background;
      const when = unit === "day" ? iso(n) : `${iso(n)}..${iso(end - 1)}`;
      if (total) {
        const stack = [];
        let y = MIDDLE;
        for (const k of KINDS) {
          if (!b[k]) continue;
          y -= b[k] * up;
          stack.push(el("rect", { x: x0.toFixed(1), y: y.toFixed(1), width: width.toFixed(1), height: (b[k] * up).toFixed(1), fill: fill[k] }));
        }
        put({ day: when }, `${when}: ${total} events, ${b.new} new`, { tabindex: -1, class: "bin" }, ...stack);
      }
      if (b.printed) {
        put({ printed: when, of: "reports", day: null }, `${when}: ${b.printed} reports printed`, { tabindex: -1 },
          el("rect", { x: x0.toFixed(1), y: MIDDLE + 22, width: width.toFixed(1), height: Math.max(1, b.printed * down).toFixed(1), fill: fill.printed, opacity: 0.75 }));
      }
    }
    const ticks = [];
    const wanted = span <= 60 ? "week" : span <= 900 ? "month" : span <= 15000 ? "year" : "decade";
    let every = 1, count = 0;
    for (let n = start(Math.ceil(from), wanted); n < to; n = next(n, wanted)) count++;
    every = Math.max(1, Math.ceil(count / (W / 85)));
    let i = 0;
    for (let n = start(Math.ceil(from), wanted); n < to; n = next(n, wanted)) {
      if (i++ % every || x(n) < LEFT) continue;
      const label = wanted === "week" ? iso(n) : wanted === "month" ? iso(n).slice(0, 7) : iso(n).slice(0, 4);
      ticks.push(el("line", { x1: x(n), x2: x(n), y1: 10, y2: FOOT, stroke: colour("line") }), text(label, { x: x(n) + 3, y: MIDDLE + 15 }));
    }
    svg.append(clip, ...ticks, marks, el("line", { x1: LEFT, x2: W - 10, y1: MIDDLE, y2: MIDDLE, stroke: colour("faint") }),
      text(top, { x: LEFT - 6, y: 24, "text-anchor": "end" }), text("events", { x: LEFT - 6, y: MIDDLE - 4, "text-anchor": "end" }),
      text("printed", { x: LEFT - 6, y: MIDDLE + 34, "text-anchor": "end" }), text(low, { x: LEFT - 6, y: FOOT, "text-anchor": "end" }),
      text(`${iso(Math.round(from))} – ${iso(Math.round(to))}, by ${unit}`, { x: W - 12, y: H - 8, "text-anchor": "end" }));
    holder.replaceChildren(svg);
  }
  const soon = draw.perFrame(paint);
  const scale = () => (to - from) / (holder.clientWidth || W);
  draw.moves(holder, {
    pan: (dx) => { const by = -dx * scale(); from += by; to += by; soon(); },
    zoom: (factor, e) => {
      const part = e ? Math.max(0, Math.min(1, (e.clientX - holder.getBoundingClientRect().left) / holder.clientWidth)) : 0.5;
      const middle = from + (to - from) * part, span = Math.max(7, Math.min((most - least) * 1.2 + 30, (to - from) * factor));
      from = middle - span * part;
      to = from + span;
      soon();
    },
    all: () => { [from, to] = to - from < most - least && from === first[0] ? [least, most] : first; soon(); },
  });
  return paint;
});
