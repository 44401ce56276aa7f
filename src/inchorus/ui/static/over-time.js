// Documents and shared passages over time, one picture above the other, each with a scale of its own.
import { counted, dated, day, drawn, month } from "./drawing.js";
import { axisX, axisY, gridY, rect, ruleY, text } from "./vendor/plot.js";

/** {unit: day, week, month, year, decade or century; rows: [{time, documents, passages}] in order}. */
export function overTime({ unit, rows }, width) {
  const next = { day: 1, week: 7 }[unit];
  const years = { year: 1, decade: 10, century: 100 }[unit];
  const bars = rows.map((row) => {
    const x1 = new Date(`${row.time.slice(0, 10)}T00:00:00Z`);
    const x2 = new Date(x1);
    if (next) x2.setUTCDate(x2.getUTCDate() + next);
    else if (years) x2.setUTCFullYear((Math.floor(x1.getUTCFullYear() / years) + 1) * years);
    else x2.setUTCMonth(x2.getUTCMonth() + 1);
    return { ...row, x1, x2 };
  });
  if (!bars.length) return null;
  const domain = [bars[0].x1, bars.at(-1).x2];
  const inset = (width - 70) / ((domain[1] - domain[0]) / (bars[0].x2 - bars[0].x1)) > 4 ? 0.5 : 0;
  const name = { week: (bar) => `week from ${day(bar.x1)}`, month: (bar) => month(bar.x1) }[unit];
  const span = (bar) => [bar.x1.getUTCFullYear(), ...(years > 1 ? [bar.x2.getUTCFullYear() - 1] : [])].join("–");
  const period = name ?? ((bar) => (years ? span(bar) : day(bar.x1)));
  const parts = [
    ["documents", "document", `Documents a ${unit}`, "var(--soft)"],
    ["passages", "shared passage", `Shared passages a ${unit}`, "var(--accent)"],
  ].map(([series, one, heading, colour], i) => {
    const most = Math.max(1, ...bars.map((bar) => bar[series]));
    const top = bars.find((bar) => bar[series] === most) ?? bars[0];
    const total = bars.reduce((sum, bar) => sum + bar[series], 0);
    const svg = drawn({
      width,
      height: i ? 160 : 132,
      marginLeft: 54,
      marginRight: 12,
      marginTop: 26,
      marginBottom: i ? 38 : 10,
      ariaLabel:
        `${heading}: ${counted(total, one)} from ${day(domain[0])} to ${day(bars.at(-1).x1)}, ` +
        `most, ${most.toLocaleString("en-GB")}, in the ${period(top)}`,
      x: { type: "utc", domain, label: null },
      y: { domain: [0, most], nice: true, label: null },
      marks: [
        gridY({ ticks: 3, stroke: "var(--rule)", strokeOpacity: 1 }),
        axisY({ ticks: 3, tickSize: 0, tickFormat: (n) => (Number.isInteger(n) ? n.toLocaleString("en-GB") : "") }),
        axisX({
          ticks: Math.max(2, Math.round(width / 110)),
          tickSize: 4,
          ...(i ? dated(domain) : { tickFormat: () => "" }),
        }),
        rect(bars, { x1: "x1", x2: "x2", y1: 0, y2: series, fill: colour, insetLeft: inset, insetRight: inset }),
        ruleY([0], { stroke: "var(--ink)" }),
        rect(bars, { x1: "x1", x2: "x2", fill: "transparent", pointerEvents: "all", className: "reach" }),
        text([heading], {
          frameAnchor: "top-left",
          dx: -54,
          dy: -24,
          textAnchor: "start",
          fontWeight: 600,
          fontSize: 13,
        }),
      ],
    });
    return svg;
  });
  const say = (target) => {
    const bar = bars[target.closest(".reach rect")?.__data__];
    if (!bar) return null;
    return [
      target.getBoundingClientRect(),
      [period(bar), `${counted(bar.documents, "document")}, ${counted(bar.passages, "shared passage")}`],
    ];
  };
  return { parts, say };
}
