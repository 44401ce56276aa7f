// What static/charts.js draws with; all else of Plot is left out of the bundle.
export { axisX, axisY, dot, gridX, gridY, link, plot, rect, ruleX, ruleY, text } from "@observablehq/plot";
