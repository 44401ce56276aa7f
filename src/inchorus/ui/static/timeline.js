// One talking point over time: a row a source, a dot a passage.
import { at, counted, dated, day, drawn, isolated, ours } from "./drawing.js";
import { shown } from "./tip.js";
import { axisX, dot, gridX, link, ruleX, ruleY, text } from "./vendor/plot.js";

const DAY = 86400e3;
const LENGTH = { second: 1e3, minute: 60e3, hour: 3600e3, day: DAY, month: 31 * DAY, year: 366 * DAY };
const MANY = 40; // sources drawn before one asks for all

/** {rows: [{source, time, precision, first, tied, href, label}], what: what a dot is}; `all` draws every source. */
export function timeline({ rows, what = "passage" }, width, all) {
  const passages = rows.map((row, i) => ({ ...row, i, href: ours(row.href), start: row.time && Date.parse(row.time) }));
  for (const passage of passages) {
    // A day is drawn as long as it is, with the dot in its middle: nobody knows the hour.
    passage.length = passage.start == null ? 0 : (LENGTH[passage.precision] ?? 0);
    passage.end = passage.start + passage.length;
    passage.middle = passage.start + (passage.length >= DAY ? passage.length / 2 : 0);
  }
  const timed = passages.filter((p) => p.start != null && !Number.isNaN(p.start));
  const sources = order(passages, timed);
  const kept = all ? sources : sources.slice(0, MANY);
  const row = new Map(kept.map((source, i) => [source, i]));
  const here = timed
    .filter((p) => row.has(p.source))
    .sort((a, b) => a.middle - b.middle || row.get(a.source) - row.get(b.source));
  const without = passages.filter((p) => p.start == null && row.has(p.source));
  if (!here.length) return null;

  const step = kept.length > MANY ? 16 : 24;
  const names = labels(kept, Math.min(260, width * 0.34));
  const marginLeft = names.width + 14;
  const marginRight = without.length ? 92 : 20;
  const top = without.length ? 30 : 8;
  const low = Math.min(...here.map((p) => p.start));
  const high = Math.max(...here.map((p) => p.end));
  const pad = Math.max((high - low) * 0.02, high === low ? DAY / 2 : 0);
  const domain = [low - pad, high + pad];
  const wide = ((width - marginLeft - marginRight) * DAY) / (domain[1] - domain[0]); // pixels of a day
  spread(here, row, domain, width - marginLeft - marginRight, 5 / step);
  const firsts = here.filter((p) => p.first);
  const others = here.filter((p) => !p.first);
  const aside = [...Map.groupBy(without, (p) => p.source).values()];
  const dots = { x: "middle", y: "y", href: "href", fill: "var(--ground)", strokeWidth: 1.5 };
  const ticks = Math.max(2, Math.round((width - marginLeft - marginRight) / 110));
  const span = `${day(low)} to ${day(high - 1)}`;
  const who = [...new Set(firsts.map((p) => p.source))].map(shown);
  const svg = drawn({
    width,
    height: kept.length * step + top + 36,
    marginLeft,
    marginRight,
    marginTop: top,
    marginBottom: 36,
    ariaLabel:
      `Timeline: ${counted(passages.length, what)} of ${counted(sources.length, "source")}, ${span}` +
      (who.length
        ? `; first in this corpus: ${who.slice(0, 5).join(", ")}${who.length > 5 ? " and others" : ""}`
        : "") +
      (without.length ? `; ${counted(without.length, what)} without a time` : ""),
    ariaDescription: `The arrow keys go from ${what} to ${what}; the list of ${what}s on this page says the same.`,
    x: { type: "utc", domain, label: null },
    y: { domain: [-0.5, kept.length - 0.5], reverse: true, axis: null },
    marks: [
      ruleY(kept, { y: (_, i) => i, stroke: "var(--rule)" }),
      gridX({ ticks, stroke: "var(--rule)", strokeOpacity: 1, strokeDasharray: "1,4" }),
      axisX({ anchor: "bottom", ticks, tickSize: 4, ...dated(domain) }),
      text(names.cut, {
        y: (_, i) => i,
        text: isolated,
        frameAnchor: "left",
        dx: -12,
        textAnchor: "end",
        fontSize: 12,
        title: (_, i) => shown(kept[i]),
      }),
      link(ties(here), { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: "var(--soft)", strokeWidth: 1 }),
      link(
        here.filter((p) => p.length === DAY),
        {
          x1: "start",
          x2: "end",
          y1: "y",
          y2: "y",
          stroke: "var(--soft)",
          strokeWidth: 3,
          strokeOpacity: 0.35,
          strokeLinecap: "butt",
        },
      ),
      dot(others, {
        ...dots,
        r: step > 20 ? 3.5 : 3,
        stroke: "var(--link)",
        fill: (p) => (p.tied ? "var(--ground)" : "var(--link)"),
        className: "passages",
      }),
      dot(firsts, {
        ...dots,
        r: 5.5,
        stroke: "var(--first)",
        fill: (p) => (p.tied ? "var(--ground)" : "var(--first)"),
        strokeWidth: 2.5,
        className: "passages",
      }),
      dot(aside, {
        frameAnchor: "right",
        dx: 30,
        y: (ps) => row.get(ps[0].source),
        r: 3.5,
        stroke: "var(--soft)",
        fill: "var(--ground)",
        href: (ps) => ps[0].href,
        className: "passages",
      }),
      text(
        aside.filter((ps) => ps.length > 1),
        {
          frameAnchor: "right",
          dx: 38,
          y: (ps) => row.get(ps[0].source),
          text: (ps) => `× ${ps.length}`,
          textAnchor: "start",
          fill: "var(--soft)",
        },
      ),
      text(without.length ? ["no time"] : [], {
        frameAnchor: "top-right",
        dx: 56,
        dy: -22,
        textAnchor: "end",
        fill: "var(--soft)",
      }),
      ruleX(without.length ? [domain[1]] : [], { stroke: "var(--rule)" }),
    ],
  });
  // The marks of dots in the order drawn, each with its passages.
  const groups = [others, firsts, aside.map((ps) => ps[0])].filter((group) => group.length);
  const marks = [...svg.querySelectorAll(".passages")].flatMap((g, k) =>
    [...g.querySelectorAll("circle")].map((c) => [c, groups[k][c.__data__]]),
  );
  const stops = marks.map(([circle, passage]) => [
    circle.parentNode.localName === "a" ? circle.parentNode : circle,
    passage,
  ]);
  const when = (p) => (p.start == null ? "no time" : at(p.start, p.precision));
  const standing = (p) => [p.first && "first in this corpus", p.tied && "tied"].filter(Boolean).join(", ");
  for (const [stop, p] of stops) {
    stop.setAttribute("aria-label", [shown(p.source), when(p), standing(p), shown(p.label)].filter(Boolean).join("; "));
    if (stop.localName !== "a") stop.setAttribute("role", "img");
  }
  stops.sort(
    ([, a], [, b]) => (a.middle || Infinity) - (b.middle || Infinity) || row.get(a.source) - row.get(b.source),
  );
  const passageOf = new Map(stops);
  const say = (target) => {
    const stop = [target.closest("a"), target.closest("circle")].find((element) => passageOf.has(element));
    if (!stop) return null;
    const p = passageOf.get(stop);
    return [
      stop.getBoundingClientRect(),
      [shown(p.source), [when(p), standing(p)].filter(Boolean).join(" · "), shown(p.label)],
    ];
  };
  const key = [
    `Each dot is a ${what}, each row a source.`,
    firsts.length && "Large and green: the earliest in this corpus.",
    timed.some((p) => p.tied) && "Hollow and joined: their times do not tell them apart.",
    wide > 12 && here.some((p) => p.length === DAY) && "A bar: only the day is known.",
  ]
    .filter(Boolean)
    .join(" ");
  return { parts: [svg], say, stops: stops.map(([stop]) => stop), key, left: sources.length - kept.length };
}

/** Sources by their earliest time, those without any last. */
function order(passages, timed) {
  const first = new Map();
  for (const p of timed) first.set(p.source, Math.min(first.get(p.source) ?? Infinity, p.start - (p.first ? 1e15 : 0)));
  return [...new Set(passages.map((p) => p.source))].sort(
    (a, b) => (first.get(a) ?? Infinity) - (first.get(b) ?? Infinity) || (a < b ? -1 : 1) || 0,
  );
}

/** Passages of a row that would cover each other are set a little apart; `most` is how far, in rows. */
function spread(passages, row, domain, pixels, most) {
  const places = new Map();
  for (const p of passages) {
    const place = `${row.get(p.source)} ${Math.round(((p.middle - domain[0]) / (domain[1] - domain[0])) * (pixels / 5))}`;
    if (!places.has(place)) places.set(place, []);
    places.get(place).push(p);
  }
  for (const group of places.values()) {
    group.forEach((p, k) => {
      p.y =
        row.get(p.source) +
        (group.length > 1 ? (k / (group.length - 1) - 0.5) * 2 * Math.min(most, 0.1 * group.length) : 0);
    });
  }
}

/** Lines that join the passages of one tie, from row to row. */
function ties(passages) {
  const tied = passages.filter((p) => p.tied);
  const date = (p) => Math.floor(p.start / DAY);
  const whole = new Set(tied.filter((p) => p.length === DAY).map(date));
  const groups = Map.groupBy(tied, (p) => (whole.has(date(p)) ? `day ${date(p)}` : p.start));
  return [...groups.values()].flatMap((group) => {
    const down = group.toSorted((a, b) => a.y - b.y);
    return down.slice(1).map((p, k) => ({ x1: down[k].middle, y1: down[k].y, x2: p.middle, y2: p.y }));
  });
}

/** Names cut to `most` pixels, and the width of the widest. */
function labels(names, most) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const measure = (words) => pen.measureText(words).width;
  const oneLine = names.map((name) => shown(name).replace(/\s+/g, " ").trim());
  const cut = oneLine.map((name) => {
    if (measure(name) <= most) return name;
    let letters = [...name.slice(0, 200)];
    while (letters.length > 1 && measure(`${letters.join("")}…`) > most) letters = letters.slice(0, -1);
    return `${letters.join("").trimEnd()}…`;
  });
  return { cut, width: Math.ceil(Math.max(...cut.map(measure))) };
}
