// The sources and ties of a network as a graph, and where each source stands.
import { shown } from "./tip.js";
import { Graph } from "./vendor/network.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // the angle of a spiral that fills a disc

/** The sources with a tie, by their place in `names`, and the ties; each group starts as a disc of its own. */
export function built({ names, documents, edges, colourings }) {
  const graph = new Graph({ type: "undirected" });
  const linked = [...new Set(edges.flatMap(([a, b]) => [a, b]))];
  const group = (i) => colourings.groups[i] ?? "\uffff";
  linked.sort((a, b) => (group(a) < group(b) ? -1 : group(a) > group(b) ? 1 : a - b));
  const most = Math.max(1, ...linked.map((i) => documents[i]));
  const largest = Math.max(4, Math.min(15, 160 / Math.sqrt(linked.length || 1)));
  const members = Map.groupBy(linked, group);
  let before = 0;
  let turn = 0;
  for (const those of members.values()) {
    const middle = spiral(before + those.length / 2, turn++, 30);
    before += those.length;
    those.forEach((i, k) => {
      const beside = spiral(k + 0.5, k, 10);
      const name = [...shown(names[i])];
      graph.addNode(String(i), {
        label: `\u2068${name.length > 40 ? `${name.slice(0, 39).join("")}…` : name.join("")}\u2069`,
        size: largest * (0.25 + 0.75 * Math.sqrt(documents[i] / most)),
        x: middle.x + beside.x,
        y: middle.y + beside.y,
      });
    });
  }
  for (const [a, b, q, strength, observed] of edges) {
    graph.addEdge(String(a), String(b), {
      a: String(a),
      b: String(b),
      q,
      observed,
      strength,
      size: Math.min(7, 0.4 + Math.sqrt(strength) / 1.6),
    });
  }
  return graph;
}

/** A place on a spiral that fills a disc evenly: `area` of it is within, and the next is a golden angle on. */
function spiral(area, turn, scale) {
  const radius = scale * Math.sqrt(area);
  return { x: radius * Math.cos(turn * GOLDEN), y: radius * Math.sin(turn * GOLDEN) };
}

/** Runs the layout in a worker; the picture follows, or is set once where no motion is wanted. Calls `ended` last. */
export function placed(home, graph, { edges }, ended) {
  const nodes = graph.nodes();
  const place = new Map(nodes.map((node, i) => [node, i]));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const worker = new Worker(new URL("layout.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data: { places, done } }) => {
    if (done) {
      worker.terminate();
      home.dataset.placed = "done";
    } else if (still) return;
    const moved = (node, attributes) => {
      attributes.x = places[2 * place.get(node)];
      attributes.y = places[2 * place.get(node) + 1];
      return attributes;
    };
    graph.updateEachNodeAttributes(moved, { attributes: ["x", "y"] });
    if (done) ended();
  };
  worker.postMessage({
    count: nodes.length,
    edges: edges.map(([a, b, , strength]) => [place.get(String(a)), place.get(String(b)), Math.log1p(strength)]),
    start: nodes.flatMap((node) => [graph.getNodeAttribute(node, "x"), graph.getNodeAttribute(node, "y")]),
  });
}
