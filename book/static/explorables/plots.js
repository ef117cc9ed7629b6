// A small plot as SVG: lines, spikes on top, bars, a dot, and events that may be faint.
function plot({ x, y, xLabel, yLabel, stopsOfX = 5 }) {
  const [width, height, left, bottom] = [400, 240, 50, 46];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  const px = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - 18);
  const py = (value) => height - bottom - ((value - y[0]) / (y[1] - y[0])) * (height - bottom - 22);
  const stops = ([from, to], count) => {
    const wide = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200].find((one) => (to - from) / one <= count);
    const first = Math.ceil(from / wide);
    return Array.from({ length: Math.floor(to / wide) - first + 1 }, (_, n) => +((first + n) * wide).toFixed(1));
  };
  for (const stop of stops(x, stopsOfX)) {
    svg.append(drawn("path", { class: "grid", d: `M${px(stop)} ${py(y[0])}V${py(y[1])}` }));
    svg.append(drawn("text", { x: px(stop), y: height - 28, "text-anchor": "middle" }, stop));
  }
  for (const stop of stops(y, 5)) {
    svg.append(drawn("path", { class: "grid", d: `M${px(x[0])} ${py(stop)}H${px(x[1])}` }));
    svg.append(drawn("text", { x: left - 6, y: py(stop) + 5, "text-anchor": "end" }, stop));
  }
  svg.append(drawn("text", { x: (left + width) / 2, y: height - 6, "text-anchor": "middle" }, xLabel));
  svg.append(drawn("text", { x: 4, y: 14 }, yLabel));
  const parts = {};
  const part = (name, tag) => (parts[name] ??= svg.appendChild(drawn(tag, { class: name })));
  return {
    node: svg,
    line: (name, points) => part(name, "polyline").setAttribute("points", points.map(([a, b]) => `${px(a).toFixed(1)},${py(b).toFixed(1)}`).join(" ")),
    ticks: (name, places, top = 8) => part(name, "path").setAttribute("d", places.map((a) => `M${px(a).toFixed(1)} ${top}v12`).join("")),
    bars: (name, places) => part(name, "path").setAttribute("d", places.map(([a, b]) => `M${px(a).toFixed(1)} ${py(0)}V${py(b).toFixed(1)}`).join("")),
    dot: (a, b) => Object.entries({ cx: px(a), cy: py(b), r: 7 }).forEach((one) => part("dot", "circle").setAttribute(...one)),
    events(places, shades) { // as many each time, from 0 for one that is not seen to 1
      const all = part("events", "g");
      for (const [n, [a, b]] of places.entries()) {
        const one = all.children[n] ?? all.appendChild(drawn("circle", { r: 2.2 }));
        for (const some of Object.entries({ cx: px(a).toFixed(1), cy: py(b).toFixed(1), opacity: shades[n].toFixed(2) })) one.setAttribute(...some);
      }
    },
  };
}

function drawn(tag, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const one of Object.entries(attributes)) made.setAttribute(...one);
  if (text !== undefined) made.textContent = text;
  return made;
}
