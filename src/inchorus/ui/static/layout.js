// A worker: places nodes by ForceAtlas2 (Jacomy et al. 2014), a fixed number of steps from a fixed start, so that the same
// network is always drawn alike. Takes {count, edges: [[a, b, weight]], start: [x, y, x, y …]}; sends {places, done}.
import { defaults, iterate } from "./vendor/layout.js";

const NODE = 10; // numbers of a node in the array that iterate works on: x, y, …, mass, convergence, size, fixed
const EDGE = 3;
const STEPS = [400, 200]; // of small and of large networks: what changes later is not seen
const LARGE = 500; // nodes; beyond, forces are summed by regions
const SHOWN = 20; // steps between two pictures

onmessage = ({ data: { count, edges, start } }) => {
  const large = count > LARGE;
  const nodes = new Float32Array(count * NODE);
  const links = new Float32Array(edges.length * EDGE);
  for (let i = 0; i < count; i++) nodes.set([start[2 * i], start[2 * i + 1], 0, 0, 0, 0, 1, 1, 1, 0], i * NODE);
  edges.forEach(([a, b, weight], i) => {
    links.set([a * NODE, b * NODE, weight], i * EDGE);
    nodes[a * NODE + 6] += weight;
    nodes[b * NODE + 6] += weight;
  });
  const options = {
    ...defaults,
    barnesHutOptimize: large,
    gravity: 0.15,
    linLogMode: false,
    scalingRatio: 10,
    slowDown: 1 + Math.log(count || 1),
    strongGravityMode: true,
  };
  const steps = STEPS[large ? 1 : 0];
  for (let step = 1; step <= steps; step++) {
    iterate(options, nodes, links);
    if (step % SHOWN === 0 || step === steps) {
      const places = new Float32Array(count * 2);
      for (let i = 0; i < count; i++) places.set([nodes[i * NODE], nodes[i * NODE + 1]], 2 * i);
      postMessage({ places, done: step === steps }, [places.buffer]);
    }
  }
};
