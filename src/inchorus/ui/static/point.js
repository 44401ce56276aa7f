// The arrow keys follow the links to the passage before and after: on the right side, with Shift on the left.
const STEPS = { ArrowLeft: "previous", ArrowRight: "next" };

document.querySelector(".keys")?.removeAttribute("hidden");
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, figure, .scroll, [contenteditable]")) return;
  const link = document.querySelector(`[data-step="${event.shiftKey ? "left" : "right"}-${step}"]`);
  if (!link) return;
  event.preventDefault();
  location.replace(link.href);
});
