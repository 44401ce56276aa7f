// What the charts have in common: words for times and counts, and Plot without its own style sheet.
import { shown } from "./tip.js";
import { plot } from "./vendor/plot.js";

/** The text without control codes and overrides of direction, in an isolate of its own direction. */
export const isolated = (words) => `\u2068${shown(words)}\u2069`;

/** Only addresses of this browser are linked. */
export const ours = (href) => (/^(#|\?|\/(?!\/))/.test(href ?? "") ? href : null);

const date = (time, options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(time);
export const day = (time) => date(time, { day: "numeric", month: "long", year: "numeric" });
export const month = (time) => date(time, { month: "long", year: "numeric" });

/** How the ticks of up to twelve days are written: hours of 24, and the date at midnight. Plot's own way serves longer spans. */
export function dated([low, high]) {
  if (high - low > 12 * 86400e3) return {};
  const hour = (time) => date(time, { hour: "2-digit", minute: "2-digit" });
  return { tickFormat: (time) => (time % 86400e3 ? hour(time) : date(time, { day: "numeric", month: "short" })) };
}

/** A time at its precision, in words. */
export function at(time, precision) {
  if (precision === "year") return date(time, { year: "numeric" });
  if (precision === "month") return month(time);
  if (precision === "day") return day(time);
  if (precision === "hour") return `${day(time)}, ${date(time, { hour: "2-digit" })} h UTC`;
  const clock = { hour: "2-digit", minute: "2-digit", ...(precision === "second" && { second: "2-digit" }) };
  return `${day(time)}, ${date(time, clock)} UTC`;
}

export const counted = (n, one, many = `${one}s`) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** Plot would put these rules in a <style>, which the policy of the pages forbids; the figure's own sheet has them. */
export function drawn(options) {
  const svg = plot({ className: "chart-svg", ...options });
  svg.querySelector("style").remove();
  for (const part of svg.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label"); // names of marks: "dot"
  svg.setAttribute("role", "group");
  return svg;
}
