// Draws <figure data-chart="NAME"><script type="application/json">…</script> fallback </figure>. What is in the figure
// besides stays its text alternative. Everything that comes from documents is set as text, never as HTML.
import { counted } from "./drawing.js";
import { overTime } from "./over-time.js";
import { timeline } from "./timeline.js";
import { tipFor } from "./tip.js";

const DRAWINGS = { "over-time": overTime, timeline };

/** One tab stop for the whole picture; the arrow keys move it. */
function rove(stops) {
  let current = 0;
  stops.forEach((stop, i) => stop.setAttribute("tabindex", i ? "-1" : "0"));
  const index = new Map(stops.map((stop, i) => [stop, i]));
  return (event) => {
    const from = index.get(event.target.closest?.("[tabindex]"));
    if (from === undefined) return;
    const to = {
      ArrowRight: from + 1,
      ArrowDown: from + 1,
      ArrowLeft: from - 1,
      ArrowUp: from - 1,
      Home: 0,
      End: stops.length - 1,
    }[event.key];
    if (to === undefined || !stops[to]) return;
    event.preventDefault();
    stops[current].setAttribute("tabindex", "-1");
    stops[(current = to)].setAttribute("tabindex", "0");
    stops[to].focus();
  };
}

function show(figure) {
  const draw = DRAWINGS[figure.dataset.chart];
  const source = figure.querySelector('script[type="application/json"]');
  if (!draw || !source) return;
  const data = JSON.parse(source.textContent);
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  source.after(canvas);
  const tip = tipFor(canvas);
  const answer = listen(canvas, tip);
  let all = false;
  let width = 0;
  const again = () => {
    const wide = Math.max(280, Math.floor(canvas.clientWidth));
    if (wide === width) return;
    width = wide;
    const done = draw(data, width, all);
    if (!done) return;
    tip.hide();
    canvas.replaceChildren(...done.parts, ...below(done, () => ((all = true), (width = 0), again())), tip.element);
    answer(done);
    fold(figure, canvas);
  };
  again();
  new ResizeObserver(again).observe(canvas);
}

function below({ key, left }, showAll) {
  const parts = [];
  if (left > 0) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Draw ${counted(left, "more source")}`;
    button.addEventListener("click", showAll);
    parts.push(button);
  }
  if (key) {
    const line = document.createElement("p");
    line.className = "chart-key";
    line.textContent = key;
    parts.push(line);
  }
  return parts;
}

/** Notes for the pointer and the keyboard; gives a function that takes what is drawn now. */
function listen(canvas, tip) {
  let say = () => null;
  let keys = () => {};
  const tell = (event) => {
    const found = say(event.target);
    if (found) tip.show(...found);
    else tip.hide();
  };
  canvas.addEventListener("pointerover", tell);
  canvas.addEventListener("pointerleave", tip.hide);
  canvas.addEventListener("focusin", tell);
  canvas.addEventListener("focusout", tip.hide);
  canvas.addEventListener("keydown", (event) => (event.key === "Escape" ? tip.hide() : keys(event)));
  return (done) => {
    keys = done.stops ? rove(done.stops) : () => {};
    say = done.say;
  };
}

/** A table in the figure is folded away; other fallback is hidden, as the picture says it. */
function fold(figure, canvas) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  for (const part of [...figure.children]) {
    if (part === canvas || /^(script|figcaption|details)$/i.test(part.localName)) continue;
    if (part.localName === "table" || part.querySelector("table")) {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = "The same as a table";
      part.before(details);
      details.append(summary, part);
    } else part.hidden = true;
  }
}

/** A figure that is folded away has no width yet: it is drawn when it is first unfolded. */
function showUnfolded(figure) {
  const folded = figure.closest("details:not([open])");
  if (folded) folded.addEventListener("toggle", () => showUnfolded(figure), { once: true });
  else show(figure);
}

for (const figure of document.querySelectorAll("figure[data-chart]")) showUnfolded(figure);
