// Draws the network of /network: sources, ties, and what the pointer is on. What it says of sources is set as text.
import { counted, look, MANY, reducers, settings, short, told } from "./network-style.js";
import { built, placed } from "./network-graph.js";
import { shown, tipFor } from "./tip.js";
import { Sigma } from "./vendor/network.js";

const LOWEST = -8; // log10 of the least q that the slider goes to
const STEPS = 200; // of the slider

const home = document.getElementById("network");
if (home) start(home, JSON.parse(home.querySelector("script").textContent));

function start(home, data) {
  const picture = home.querySelector(".network-picture");
  const status = document.getElementById("network-status");
  const graph = built(data);
  const state = { q: data.q, colour: data.colour, near: null, found: null };
  const view = { ties: new Uint32Array(data.names.length), drawn: 0, shades: new Map() };
  if (!document.createElement("canvas").getContext("webgl2")) {
    status.textContent = "This browser draws no WebGL, so there is no picture; the table below says the same.";
    return;
  }
  home.hidden = false;
  look(data, state, view);
  const sigma = new Sigma(graph, picture, { ...settings(graph), ...reducers(graph, state, view) });
  const paint = () => {
    const says = look(data, state, view);
    sigma.setSetting("labelColor", { color: view.ink, ground: view.ground }); // and draws all anew
    status.textContent = `${says}.`;
    picture.setAttribute("aria-label", `Network: ${says}; the table below says the same`);
  };
  paint();
  const toFound = centred(state, sigma);
  controls(data, state, paint, toFound, sigma, graph, view);
  pointing(home, picture, sigma, graph, data, state, view);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  // A source that was found while the layout ran has gone on from where it was found.
  placed(home, graph, data, () => {
    framed(sigma, graph, view);
    toFound();
  });
}

/** Lets the whole picture be that of the sources which are drawn: others, with weaker ties, may be far out. */
function framed(sigma, graph, view) {
  const drawn = graph.filterNodes((node) => view.ties[node] > 0);
  if (!drawn.length) return;
  const ends = (name) => {
    const places = drawn.map((node) => graph.getNodeAttribute(node, name));
    return [Math.min(...places), Math.max(...places)];
  };
  sigma.setCustomBBox({ x: ends("x"), y: ends("y") });
  sigma.scheduleRefresh();
}

/** Moves the picture to the source that was found, once that is drawn and so has a place in it. */
function centred(state, sigma) {
  return () => {
    if (state.found === null) return;
    sigma.once("afterRender", () => {
      if (state.found === null) return;
      const { x, y } = sigma.getNodeDisplayData(state.found);
      sigma.getCamera().animate({ x, y, ratio: Math.min(0.5, sigma.getCamera().ratio) }, { duration: 300 });
    });
    sigma.scheduleRefresh();
  };
}

function controls(data, state, paint, toFound, sigma, graph, view) {
  const form = document.getElementById("network-form");
  const slider = document.getElementById("network-slider");
  const [q, colour] = [form.elements.q, form.elements.colour];
  const highest = Math.log10(data.highest);
  const kept = () => {
    const address = new URL(location.href);
    address.searchParams.set("q", short(state.q));
    if (colour) address.searchParams.set("colour", state.colour);
    history.replaceState(null, "", address);
  };
  const at = (value) =>
    Math.round(((Math.max(LOWEST, Math.log10(value || 1e-300)) - LOWEST) / (highest - LOWEST)) * STEPS);
  Object.assign(slider, { hidden: false, min: 0, max: STEPS, step: 1, value: at(state.q) });
  const say = () => slider.setAttribute("aria-valuetext", `q up to ${short(state.q)}`);
  let asked = 0;
  slider.addEventListener("input", () => {
    const exact = 10 ** (LOWEST + (slider.value / STEPS) * (highest - LOWEST));
    state.q = Number(slider.value) === STEPS ? data.highest : Number(exact.toPrecision(2));
    q.value = short(state.q);
    say();
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(paint);
  });
  slider.addEventListener("change", kept);
  say();
  colour?.addEventListener("change", () => {
    state.colour = colour.value;
    paint();
    kept();
  });
  form.elements.kind?.addEventListener("change", () => form.submit());
  search(data, state, paint, toFound, graph);
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const camera = sigma.getCamera();
    const act = {
      in: () => camera.animatedZoom(),
      out: () => camera.animatedUnzoom(),
      all: () => (framed(sigma, graph, view), camera.animatedReset()),
    };
    button.addEventListener("click", act[button.dataset.zoom]);
  }
}

function search({ names }, state, paint, toFound, graph) {
  const label = document.getElementById("network-search");
  const input = label.querySelector("input");
  label.hidden = false;
  const places = new Map(graph.mapNodes((node) => [shown(names[node]), node]));
  label
    .querySelector("datalist")
    .append(
      ...[...places.keys()].sort().map((name) => Object.assign(document.createElement("option"), { value: name })),
    );
  const find = () => {
    const words = input.value.trim().toLocaleLowerCase();
    const whole = places.get(input.value.trim());
    const part = () => [...places].find(([name]) => name.toLocaleLowerCase().includes(words))?.[1];
    state.found = words ? (whole ?? part() ?? null) : null;
    paint();
    toFound();
  };
  input.addEventListener("change", find);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  });
}

function pointing(home, picture, sigma, graph, { names, documents, kind }, state, view) {
  const tip = tipFor(home);
  home.append(tip.element);
  const go = (path, query) => location.assign(`${path}?${new URLSearchParams(query)}`);
  const box = ({ x, y }) => {
    const frame = picture.getBoundingClientRect();
    return { left: frame.left + x, right: frame.left + x, top: frame.top + y - 6, bottom: frame.top + y + 6 };
  };
  const near = (node) => {
    const changed = [state.near, node].filter((one) => one !== null);
    state.near = node;
    picture.style.cursor = node === null ? "" : "pointer";
    // Among very many ties only those of the node change, and only they are drawn anew.
    const edges = changed.flatMap((one) => graph.edges(one));
    sigma.refresh(
      view.drawn > MANY
        ? { partialGraph: { nodes: changed, edges }, skipIndexation: true, schedule: true }
        : { schedule: true },
    );
  };
  sigma.on("enterNode", ({ node, event }) => {
    near(node);
    tip.show(
      box(event),
      [names[node], `${counted(documents[node], "document")}, ${counted(view.ties[node], "tie")}`].map(shown),
    );
  });
  sigma.on("leaveNode", () => (near(null), tip.hide()));
  sigma.on("clickNode", ({ node }) => go("/source", { name: names[node] }));
  const ends = (edge) => graph.extremities(edge).map((node) => names[node]);
  const under = ({ x, y }) => (state.near === null ? nearest(sigma, graph, state, view, x, y) : null);
  sigma.on("moveBody", ({ event }) => {
    if (state.near !== null) return;
    const edge = event.original.buttons ? null : under(event);
    picture.style.cursor = edge ? "pointer" : "";
    if (!edge) return tip.hide();
    const { q, observed } = graph.getEdgeAttributes(edge);
    const pair = ends(edge).map((name) => `\u2068${shown(name)}\u2069`);
    tip.show(box(event), [pair.join(" – "), `${observed.toLocaleString("en-GB")} shared, ${told(q)}`]);
  });
  sigma.on("clickStage", ({ event }) => {
    const edge = under(event);
    if (!edge) return;
    const [a, b] = ends(edge); // in the order of their names, as in the table of ties
    go("/tie", { a, b, kind });
  });
  picture.addEventListener("pointerleave", tip.hide);
  // The wheel scrolls the page; with Ctrl, or two fingers on a touchpad, it zooms.
  picture.addEventListener("wheel", (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
}

/** The tie at most 4 pixels from a point of the picture, or null. Sigma could tell, by drawing every tie once more. */
function nearest(sigma, graph, state, view, x, y) {
  const at = sigma.viewportToFramedGraph({ x, y });
  const beside = sigma.viewportToFramedGraph({ x: x + 4, y });
  let [best, least] = [null, Math.hypot(beside.x - at.x, beside.y - at.y)];
  const places = new Map();
  const place = (node) => {
    if (!places.has(node)) places.set(node, sigma.getNodeDisplayData(node));
    return places.get(node);
  };
  const alone = view.drawn > MANY ? null : state.found;
  graph.forEachEdge((edge, { q }, a, b) => {
    if (q > state.q || (alone !== null && a !== alone && b !== alone)) return;
    const [from, to] = [place(a), place(b)];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.max(0, Math.min(1, along));
    const distance = Math.hypot(from.x + share * dx - at.x, from.y + share * dy - at.y);
    if (distance < least) [best, least] = [edge, distance];
  });
  return best;
}
