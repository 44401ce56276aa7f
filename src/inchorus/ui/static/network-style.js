// How the sources and ties of a network look: what is shown, in which colour, under which name.
import { coloured, faded, NONE, resolved } from "./colours.js";
import { shown } from "./tip.js";
import { EdgeLineProgram, EdgeRectangleProgram } from "./vendor/network.js";

export const MANY = 4000; // ties; beyond, they are hairlines, and not drawn while the picture moves

/** A count with its noun. */
export const counted = (n, one) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : `${one}s`}`;

/** The q of a tie, as the pages write it: to two digits down to 0.0001. */
export const told = (q) => (q < 0.0001 ? "q <\u00a00.0001" : `q = ${Number(q.toPrecision(2))}`);

/** A q up to which ties are drawn, to two digits, as an address takes it. */
export const short = (q) =>
  q >= 0.0001 || q === 0 ? String(Number(q.toPrecision(2))) : q.toExponential(1).replace(".0e", "e");

/** What sigma is told once. */
export function settings(graph) {
  const many = graph.size > MANY;
  return {
    defaultDrawNodeHover: named,
    defaultDrawNodeLabel: labelled,
    defaultEdgeType: many ? "thin" : "wide",
    edgeProgramClasses: { thin: EdgeLineProgram, wide: EdgeRectangleProgram },
    hideEdgesOnMove: many,
    labelDensity: 0.6,
    labelFont: getComputedStyle(document.body).fontFamily,
    labelGridCellSize: 90,
    labelRenderedSizeThreshold: graph.order > 300 ? 7 : 4,
    labelSize: 12,
    maxCameraRatio: 3,
    minCameraRatio: 0.02,
    minEdgeThickness: 0.5,
    stagePadding: 48,
    zIndex: true,
  };
}

/** Sets in `view` what is drawn, and how, after the state; gives a sentence of it. */
export function look({ names, edges, colourings }, state, view) {
  [view.ink, view.ground, view.soft] = resolved(document.body, "--ink", "--ground", "--soft");
  view.shades.clear();
  view.ties.fill(0);
  view.drawn = 0;
  for (const [a, b, q] of edges) {
    if (q > state.q) continue;
    view.drawn += 1;
    view.ties[a] += 1;
    view.ties[b] += 1;
  }
  view.values = colourings[state.colour];
  const { colourOf, legend } = coloured(view.values, (i) => view.ties[i] > 0);
  view.colours = view.values.map((_, i) => colourOf(i));
  keyed(legend, state.colour === "groups");
  const tied = view.ties.reduce((sum, n) => sum + (n > 0), 0);
  const who = `${tied.toLocaleString("en-GB")} of ${counted(names.length, "source")}`;
  const more = view.drawn === 0 && edges.length > 0 ? `; ${edges.length.toLocaleString("en-GB")} with a higher q` : "";
  return `${counted(view.drawn, "tie")} with q up to ${short(state.q)}, between ${who}${more}`;
}

/** How sigma draws a node and an edge. It hands over copies, so they are changed in place. */
export function reducers(graph, state, view) {
  const shade = (colour, share) => {
    const key = `${colour} ${share}`;
    if (!view.shades.has(key)) view.shades.set(key, faded(colour, share));
    return view.shades.get(key);
  };
  const centre = () => state.near ?? state.found;
  const met = (node) => graph.someEdge(node, centre(), (_, { q }) => q <= state.q);
  const nodeReducer = (node, attributes) => {
    const colour = view.colours[node];
    const alone = centre() !== null && view.drawn <= MANY; // among very many, the others stay as they are
    const off = alone && node !== centre() && !met(node);
    attributes.hidden = !view.ties[node] && node !== state.found;
    attributes.color = off ? shade(colour, 0.15) : colour;
    if (off) attributes.label = "";
    attributes.forceLabel = alone && !off && view.ties[centre()] <= 40;
    attributes.highlighted = node === centre();
    attributes.zIndex = off ? 0 : 1;
    return attributes;
  };
  const edgeReducer = (_, attributes) => {
    const { a, b, q } = attributes;
    const mine = centre() !== null && (a === centre() || b === centre());
    const within = view.colours[a] !== NONE && view.values[a] === view.values[b];
    const many = view.drawn > MANY;
    attributes.hidden = q > state.q || (!many && centre() !== null && !mine);
    if (mine) attributes.color = many ? view.ink : within ? shade(view.colours[a], 0.9) : shade(view.ink, 0.6);
    else if (within) attributes.color = shade(view.colours[a], many ? 0.2 : 0.55);
    else attributes.color = shade(view.soft, many ? 0.08 : 0.35);
    attributes.zIndex = within ? 1 : 0;
    return attributes;
  };
  return { nodeReducer, edgeReducer };
}

function keyed(legend, groups) {
  const items = legend.map(([value, n, colour]) => {
    const item = document.createElement("li");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const spot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [key, to] of Object.entries({ cx: 8, cy: 8, r: 7, fill: colour })) spot.setAttribute(key, to);
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    svg.append(spot);
    const name = document.createElement("bdi");
    // A group's id says its kind of ties too, which is that of the picture.
    name.textContent = groups ? shown(value).replace(/^.*-/, "group ") : shown(value).slice(0, 60);
    item.append(svg, name, ` (${n.toLocaleString("en-GB")})`);
    return item;
  });
  document.getElementById("network-legend").replaceChildren(...items);
}

/** The name of a node, legible over lines. */
function labelled(context, { x, y, size, label }, { labelSize, labelFont, labelColor }) {
  if (!label) return;
  context.font = `${labelSize}px ${labelFont}`;
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = labelColor.ground;
  // Beside the node: on its left where the picture ends on its right.
  const width = context.measureText(label).width;
  const over = x + size + 4 + width > context.canvas.clientWidth && x - size - 4 - width > 0;
  const from = over ? x - size - 4 - width : x + size + 4;
  context.strokeText(label, from, y + labelSize / 3);
  context.fillStyle = labelColor.color;
  context.fillText(label, from, y + labelSize / 3);
}

/** The node that is pointed at: a ring, and its name whatever its size. */
function named(context, node, settings) {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = settings.labelColor.color;
  context.stroke();
  labelled(context, node, settings);
}
