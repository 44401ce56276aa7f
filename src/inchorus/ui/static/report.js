// What a report can do besides being read: draw its charts, find talking points by their words, and open the one that
// an address names.
import "./charts.js";

/** Opens what the place is folded into; newer browsers do so by themselves. */
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) return;
  let folded = false;
  for (let part = place.closest("details"); part; part = part.parentElement.closest("details")) {
    folded ||= !part.open;
    part.open = true;
  }
  if (folded) place.scrollIntoView();
}

/** What a talking point is found by: its wording, who was first with it and when, and its sources. */
function words(entry) {
  const parts = [entry.querySelector("summary"), ...entry.querySelectorAll(".chart tbody th")];
  return parts.map((part) => part.textContent).join(" ").toLocaleLowerCase();
}

const form = document.querySelector(".find-lines");
const found = [...document.querySelectorAll(".lines-found .entry")];
if (form && found.length > 10) {
  const said = form.querySelector("output");
  const batches = document.querySelectorAll(".batch");
  let texts;
  form.hidden = false;
  form.querySelector("input").addEventListener("input", ({ target }) => {
    texts ??= found.map(words);
    const wanted = target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let kept = 0;
    found.forEach((entry, i) => {
      entry.hidden = !wanted.every((word) => texts[i].includes(word));
      kept += !entry.hidden;
    });
    for (const batch of batches) batch.hidden = wanted.length > 0;
    const [some, all] = [kept, found.length].map((n) => n.toLocaleString("en-GB"));
    said.textContent = wanted.length ? `${some} of ${all}` : "";
  });
}
addEventListener("hashchange", unfold);
unfold();
