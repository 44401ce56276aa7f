// A click on marked text shows its passages in the list at the side, and an address that asks for a passage goes to it.
const text = document.querySelector(".text");
const list = document.querySelector(".margin");

function light(numbers) {
  const wanted = new Set(numbers);
  for (const item of list.querySelectorAll("[data-n]")) item.classList.toggle("on", wanted.has(item.dataset.n));
  for (const mark of text.querySelectorAll("mark")) {
    mark.classList.toggle("on", wanted.size > 0 && mark.dataset.covers.split(" ").some((n) => wanted.has(n)));
  }
}

if (text && list) {
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    const numbers = mark ? mark.dataset.covers.split(" ") : [];
    light(numbers);
    const item = list.querySelector(`[data-n="${numbers.at(-1) ?? 0}"]`);
    if (item?.closest("details")) item.closest("details").open = true;
    item?.scrollIntoView({ block: "nearest" });
  });
  list.addEventListener("pointerover", (event) => {
    const item = event.target.closest("[data-n]");
    light(item ? [item.dataset.n] : []);
  });
  list.addEventListener("pointerleave", () => light([]));
}
if (!location.hash) text?.querySelector(".here")?.scrollIntoView({ block: "center" });
