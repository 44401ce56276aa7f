// What a report can do besides being read: draw its charts, find talking points by their words, and open the one that
// an address names.
import "./charts.js";

const entries = [...document.querySelectorAll("details.entry")];

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

/** Keeps the talking points whose wording or sources have all the words. */
function filter(box, said) {
  const texts = entries.map((entry) => {
    const parts = [entry.querySelector("summary"), ...entry.querySelectorAll(".chart tbody th")];
    return parts.map((part) => part.textContent).join(" ").toLocaleLowerCase();
  });
  const batches = document.querySelectorAll(".batch");
  box.addEventListener("input", () => {
    const words = box.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let kept = 0;
    entries.forEach((entry, i) => {
      const has = words.every((word) => texts[i].includes(word));
      entry.hidden = !has;
      kept += has;
    });
    for (const batch of batches) batch.hidden = words.length > 0;
    said.textContent = words.length ? `${kept.toLocaleString("en-GB")} of ${entries.length.toLocaleString("en-GB")}` : "";
  });
}

const form = document.querySelector(".find-lines");
if (form && entries.length > 10) {
  form.hidden = false;
  const box = form.querySelector("input");
  box.addEventListener("focus", () => filter(box, form.querySelector("output")), { once: true });
}
addEventListener("hashchange", unfold);
unfold();
