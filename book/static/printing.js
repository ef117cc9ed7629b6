// On paper nothing can be unfolded, and paper is light: so is a page while it is printed.
{
  const page = document.documentElement;
  let theme;
  let opened = [];
  addEventListener("beforeprint", () => {
    theme = page.dataset.theme;
    page.dataset.theme = "light";
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    page.dataset.theme = theme;
    for (const fold of opened) fold.open = false;
  });
}
