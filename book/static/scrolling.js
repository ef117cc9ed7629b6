// What is wider than its place scrolls, and takes the focus, so that the arrow keys move it.
document.addEventListener("DOMContentLoaded", () => {
  const observer = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      const scrolls = target.querySelector("mjx-container") ?? target; // a formula scrolls within its place
      if (scrolls.scrollWidth > scrolls.clientWidth || scrolls.scrollHeight > scrolls.clientHeight) scrolls.tabIndex = 0;
      else scrolls.removeAttribute("tabindex");
    }
  });
  for (const wide of document.querySelectorAll("pre, div.math, .bd-article table")) observer.observe(wide);
});
