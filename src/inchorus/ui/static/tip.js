// A note beside what the pointer or the keyboard is on. It holds text only.

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of a document as it may be shown: without control codes and overrides of direction. */
export const shown = (words) => String(words ?? "").replace(HIDDEN, "");

/** A note within `canvas`: `show` it beside a box of the screen with some lines, the first of them in bold. */
export function tipFor(canvas) {
  const element = document.createElement("div");
  element.className = "tip";
  element.hidden = true;
  element.setAttribute("aria-hidden", "true"); // what it says is the name of what it stands at
  const hide = () => {
    element.hidden = true;
  };
  const show = (box, lines) => {
    element.replaceChildren(
      ...lines.filter(Boolean).map((line, i) => {
        const part = document.createElement(i ? "span" : "strong");
        part.dir = "auto";
        part.textContent = line.length > 240 ? `${line.slice(0, 239)}…` : line;
        return part;
      }),
    );
    element.hidden = false;
    const frame = canvas.getBoundingClientRect();
    const x = (box.left + box.right) / 2 - frame.left;
    const { offsetWidth: width, offsetHeight: height } = element;
    const above = box.top - height - 8;
    element.style.left = `${Math.max(0, Math.min(x - width / 2, frame.width - width))}px`;
    element.style.top = `${(above > 0 ? above : box.bottom + 8) - frame.top}px`;
  };
  return { element, show, hide };
}
