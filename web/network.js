// What static/network.js draws with.
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeLineProgram, EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";
