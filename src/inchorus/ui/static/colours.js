// Colours of groups and of the page, as numbers, for a picture that CSS does not reach.

// After Okabe and Ito 2008 and Tol 2021: told apart with the common kinds of colour blindness, on light and on dark.
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999933", "#aa4466"];
export const NONE = "#8d9096";

/** The value of each colour variable as it is now, light or dark: "rgb(…)". */
export function resolved(element, ...variables) {
  const probe = document.createElement("span");
  element.append(probe);
  const found = variables.map((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}

/** A colour, #rrggbb or rgb(…), that lets `1 - share` of the ground through; its parts multiplied, as WebGL adds them. */
export function faded(colour, share) {
  const parts = colour.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : colour.match(/[\d.]+/g).slice(0, 3);
  return `rgba(${parts.map((part) => Math.round(part * share)).join(",")},${share})`;
}

/** Colours for values, null for none: the commonest eight have one each, the others share grey. */
export function coloured(values, counting) {
  const counts = new Map();
  values.forEach((value, i) => {
    if (value !== null && counting(i)) counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const colours = new Map(ranked.slice(0, COLOURS.length).map(([value], i) => [value, COLOURS[i]]));
  const legend = ranked.slice(0, COLOURS.length).map(([value, n]) => [value, n, colours.get(value)]);
  const rest = ranked.slice(COLOURS.length).reduce((sum, [, n]) => sum + n, 0);
  const none = values.filter((value, i) => value === null && counting(i)).length;
  if (rest) legend.push([`${ranked.length - COLOURS.length} others`, rest, NONE]);
  if (none) legend.push(["none", none, NONE]);
  return { colourOf: (i) => colours.get(values[i]) ?? NONE, legend };
}
