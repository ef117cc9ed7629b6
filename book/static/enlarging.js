// A figure that is narrower than it was drawn, as on a phone, opens large: by its button, or by a tap on it.
const TIMES_AS_DRAWN = 1.4;

document.addEventListener("DOMContentLoaded", () => {
  for (const output of document.querySelectorAll(".bd-article .cell_output")) {
    const shown = () => [...output.querySelectorAll("img")].find((image) => !image.hidden); // a slider has many
    if (!shown()) continue;
    const line = element("p", { className: "enlarge" }, button("Enlarge the figure", () => enlarge(shown(), output)));
    output.append(line);
    output.addEventListener("click", ({ target }) => {
      if (target.matches("img") && getComputedStyle(line).display !== "none") enlarge(target, output);
    });
  }
});

function enlarge(image, output) {
  const dialog = element("dialog", { className: "enlarged", ariaLabel: "A figure, enlarged" });
  const copy = element("img", { src: image.currentSrc, alt: image.alt });
  copy.style.width = `${TIMES_AS_DRAWN * image.naturalWidth}px`;
  const place = element("div", { tabIndex: 0, role: "group", ariaLabel: "The figure: arrow keys move it" }, copy);
  dialog.append(button("Close", () => dialog.close(), true), place);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (click) => click.stopPropagation()); // what is large need not be enlarged
  output.append(dialog); // it looks there as the figure does, in the dark theme too
  dialog.showModal();
}
