// A slider on a page: its frames were drawn when the book was built, it only chooses which one shows.
document.addEventListener("DOMContentLoaded", () => {
  for (const slider of document.querySelectorAll(".slider")) {
    const input = slider.querySelector("input");
    const output = slider.querySelector("output");
    const frames = slider.querySelectorAll("img");
    const show = () => {
      const chosen = frames[input.value];
      for (const frame of frames) frame.hidden = frame !== chosen;
      output.value = chosen.dataset.value;
      input.setAttribute("aria-valuetext", chosen.dataset.value);
    };
    const fetchAll = () => frames.forEach((frame) => (frame.loading = "eager")); // before the first is asked for
    for (const near of ["pointerenter", "focusin"]) slider.addEventListener(near, fetchAll, { once: true });
    input.addEventListener("input", show);
    show(); // a reloaded page may keep the place of the slider
    slider.querySelector(".slider-control").hidden = false; // without scripts it would move nothing
  }
});
