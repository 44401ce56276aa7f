// Search as one types: the same page is fetched, and its results put in place of those shown.

const WAIT = 120; // milliseconds without a key before a question is sent
const AGAIN = 1000; // milliseconds between two looks at an index that is not there yet

const form = document.getElementById("ask");
const box = document.getElementById("q");
const count = document.getElementById("count");
let results = document.getElementById("results");
let timer = 0;
let asked = new AbortController();

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

async function ask() {
  asked.abort();
  asked = new AbortController();
  const here = new URL(location.href);
  const changed = (here.searchParams.get("q") ?? "") !== box.value;
  if (changed) here.search = box.value ? new URLSearchParams({ q: box.value }) : "";
  let page;
  try {
    const answer = await fetch(here, { signal: asked.signal });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") count.textContent = "inchorus serve does not answer.";
    return;
  }
  const found = page.getElementById("results");
  if (!found) {
    location.assign(here);
    return;
  }
  history.replaceState(null, "", here);
  document.title = page.title;
  const said = page.getElementById("count").textContent;
  if (said !== count.textContent) count.textContent = said; // said aloud only where it changes
  const files = page.querySelector(".files");
  if (files) document.querySelector(".files")?.replaceWith(document.adoptNode(files));
  const place = [...results.querySelectorAll("[data-result]")].indexOf(document.activeElement);
  results.replaceWith(document.adoptNode(found));
  results = found;
  if (place >= 0) results.querySelectorAll("[data-result]")[place]?.focus();
  wait();
}

function wait() {
  if (results.dataset.ready === "no") later(AGAIN);
}

function step(event) {
  const links = [...results.querySelectorAll("[data-result]")];
  const at = links.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== box) return;
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (next >= links.length || next < -1) return;
  event.preventDefault();
  (next < 0 ? box : links[next]).focus();
}

box.addEventListener("input", (event) => {
  if (!event.isComposing) later(WAIT);
});
box.addEventListener("compositionend", () => later(WAIT));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  later(0);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    step(event);
  } else if (event.key === "Escape" && !typing && results.contains(event.target)) {
    box.focus();
  }
});
wait();
