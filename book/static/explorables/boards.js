// A square of cells to draw on, with a pointer, or with arrow keys and space; and squares that show numbers as shades.

// To be an explorable's plot: what is drawn becomes its value `name`, a number from 0 to 1 for each cell.
function board({ columns, name, says, className, caption = "", also = {} }, hands) {
  let values = [];
  let painting = null; // what the pointer that is down puts into cells
  const cells = Array.from({ length: columns * columns }, (_, n) => element("button", {
    type: "button", tabIndex: n ? -1 : 0, ariaLabel: `row ${Math.floor(n / columns) + 1}, column ${(n % columns) + 1}`,
  }));
  const put = (n, value) => hands.set({ [name]: values.map((old, m) => (m === n ? value : old)), ...also });
  const square = element("div", { className: "explorable-cells" }, ...cells);
  const node = element("div", { className: `explorable-board ${className}`, role: "group", ariaLabel: says }, caption, square);
  square.style.setProperty("--columns", columns);

  node.addEventListener("pointerdown", (event) => {
    const n = cells.indexOf(event.target);
    if (n < 0 || event.button) return;
    painting = values[n] < 0.5 ? 1 : 0;
    put(n, painting);
  });
  node.addEventListener("pointermove", ({ clientX, clientY }) => { // a finger stays with the cell where it went down
    const n = painting === null ? -1 : cells.indexOf(document.elementFromPoint(clientX, clientY));
    if (n >= 0 && values[n] !== painting) put(n, painting);
  });
  for (const ends of ["pointerup", "pointercancel"]) addEventListener(ends, () => { painting = null; });
  node.addEventListener("click", ({ target, detail }) => { // a key's; a pointer's has been heard
    const n = cells.indexOf(target);
    if (!detail && n >= 0) put(n, values[n] < 0.5 ? 1 : 0);
  });
  node.addEventListener("keydown", (event) => {
    const n = cells.indexOf(event.target);
    const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    const [column, row] = [(n % columns) + across, Math.floor(n / columns) + down];
    if (!(across || down)) return;
    event.preventDefault();
    if (Math.min(column, row) < 0 || Math.max(column, row) >= columns) return;
    focusOn(row * columns + column);
  });
  node.addEventListener("focusin", ({ target }) => cells.forEach((cell) => { cell.tabIndex = cell === target ? 0 : -1; }));
  const focusOn = (n) => cells[n].focus();

  return {
    node,
    show(some) {
      values = some;
      cells.forEach((cell, n) => {
        cell.style.setProperty("--shade", `${100 * some[n]}%`);
        cell.ariaPressed = some[n] >= 0.5;
      });
    },
  };
}

// A square of numbers, the largest in the strongest colour, with frames where `framed` is 1; the caption says more.
function shades(columns) {
  const caption = element("div");
  const svg = drawn("svg", { viewBox: `0 0 ${10 * columns} ${10 * columns}`, "aria-hidden": true });
  const cells = Array.from({ length: columns * columns }, (_, n) => svg.appendChild(drawn("rect", {
    class: "shade", x: 10 * (n % columns) + 1, y: 10 * Math.floor(n / columns) + 1, width: 8, height: 8,
  })));
  return {
    node: element("div", { className: "explorable-board", role: "img" }, caption, svg),
    show(numbers, framed, says) {
      const most = Math.max(...numbers, 1e-9);
      caption.textContent = says;
      cells.forEach((cell, n) => {
        cell.style.fillOpacity = numbers[n] / most;
        cell.classList.toggle("framed", Boolean(framed?.[n]));
      });
    },
  };
}
