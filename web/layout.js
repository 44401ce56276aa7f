// What static/layout.js, a worker, moves the nodes with: one step of ForceAtlas2 on arrays, and its parameters.
import iterate from "graphology-layout-forceatlas2/iterate.js";
import defaults from "graphology-layout-forceatlas2/defaults.js";

export { defaults, iterate };
