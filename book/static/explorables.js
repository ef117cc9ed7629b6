// Neurons to play with while one reads: nothing of it needs Python. Each steps as the chapter's own function does
// (tests/authoring/test_explorables.py holds them against `solutions`).
const STEPS = 200;
const STEPS_A_SECOND = 40;

const MODELS = {
  leakyIntegrator: (current, tau, v = 0) => current.map((i) => (v += (i - v) / tau)),
  leakyIntegrateAndFire: (current, tau, threshold, v = 0) =>
    current.map((i) => {
      v += (i - v) / tau;
      const z = v >= threshold;
      if (z) v = 0;
      return { z, v };
    }),
  firingRate(current, tau, threshold) {
    const first = MODELS.leakyIntegrateAndFire(Array(1000).fill(current), tau, threshold).findIndex(({ z }) => z);
    return first < 0 ? 0 : 1 / (first + 1);
  },
  earProbability: (angle, step) => 0.6 * (0.5 * (1 + Math.sin((2 * Math.PI * step) / 20 + (angle * Math.PI) / 180))) ** 10,
  coincidences(angle, own) { // in a cycle of 20 steps, of a detector whose delay makes up for the phase `own`
    const steps = Array.from({ length: 20 }, (_, step) => step);
    const together = (step) => MODELS.earProbability(0, step) * MODELS.earProbability(angle - own, step);
    return steps.reduce((sum, step) => sum + together(step), 0);
  },
};
const OWN = Array.from({ length: 37 }, (_, n) => 5 * n - 90); // the phases of the row of detectors, in degrees

const EXPLORABLES = {
  membrane: {
    says: "Play with it. Turn the current up and down while the voltage runs after it, with a short τ and with a long one.",
    controls: { i: ["current i", -1, 1, 0.1, 0.5], tau: ["time constant τ (steps)", 1, 100, 1, 20] },
    x: [0, STEPS], y: [-1.1, 1.1], yLabel: "i, v",
    next: ({ i, tau }, { v }) => ({ i, v: MODELS.leakyIntegrator([i], tau, v)[0] }),
    alt: ({ i, tau }) => `Current and voltage of the last ${STEPS} steps. The current is ${i}, the time constant ${tau} steps.`,
  },
  neuron: {
    says: "Play with it. The dot is your neuron on its f-I curve. How little current keeps it silent? What does a longer τ change, and what not?",
    controls: {
      i: ["current i", 0, 5, 0.1, 2], tau: ["time constant τ (steps)", 2, 50, 1, 10], threshold: ["threshold θ", 0.2, 3, 0.1, 1],
    },
    x: [0, STEPS], y: [-0.2, 3.3], yLabel: "v, θ",
    next({ i, tau, threshold }, { v }) {
      const [now] = MODELS.leakyIntegrateAndFire([i], tau, threshold, v);
      return { threshold, ...now };
    },
    alt: ({ i, tau, threshold }) => {
      const rate = MODELS.firingRate(i, tau, threshold);
      const fires = rate ? `It fires ${rate.toFixed(3)} times a step` : "It is silent";
      return `Voltage and spikes of the last ${STEPS} steps. ${fires} at a current of ${i}, with a time constant of ${tau} steps and a threshold of ${threshold}.`;
    },
    curve: { x: [0, 5], y: [0, 1.05], xLabel: "current i", yLabel: "spikes per step", of: MODELS.firingRate },
  },
  ears: {
    says: "Play with it. Turn the phase, and see which of the detectors hears most coincidences. Listen with headphones: here the tone has 500 Hz, and a phase is a direction.",
    controls: { angle: ["second ear ahead by (degrees)", -90, 90, 5, 30] },
    x: [-95, 95], y: [0, 1.05], xLabel: "phase that the delay makes up for (degrees)", yLabel: "expected coincidences per cycle",
    bars: ({ angle }) => OWN.map((own) => [own, MODELS.coincidences(angle, own)]),
    alt: ({ angle }) => `A row of detectors. The second ear is ahead by ${angle} degrees, and most is heard by the one that makes up for ${angle} degrees.`,
    heard: ({ angle }) => tone(500, angle),
  },
};

document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-explorable]")) explore(place, EXPLORABLES[place.dataset.explorable]);
});

function explore(place, model) {
  const values = {};
  const trace = plot({ xLabel: "time (steps)", ...model });
  const curve = model.curve && plot(model.curve);
  let past = [];
  let running = model.next && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const run = model.next ? button("", () => { running = !running; name(); }) : button("Hear it", () => model.heard(values));
  const name = () => { if (model.next) run.textContent = running ? "Stop" : "Let it run"; };
  const step = () => { past = [...past.slice(1 - STEPS), model.next(values, past.at(-1) ?? { v: 0 })]; };
  const fromRest = () => { past = []; for (let n = 0; n < STEPS; n += 1) step(); };

  function draw() {
    if (model.bars) {
      const bars = model.bars(values);
      trace.bars("bar", bars);
      trace.bars("best", [bars.reduce((best, bar) => (bar[1] > best[1] ? bar : best))]);
      return;
    }
    for (const name of ["i", "threshold", "v"]) if (name in past[0]) trace.line(name, past.map((one, n) => [n, one[name]]));
    trace.ticks("z", past.flatMap(({ z }, n) => (z ? [n] : [])));
  }
  function changed() {
    if (model.next && !running) fromRest();
    draw();
    trace.svg.setAttribute("aria-label", model.alt(values));
    if (!curve) return;
    const at = (i) => model.curve.of(i, values.tau, values.threshold);
    curve.line("rate", Array.from({ length: 201 }, (_, n) => [n / 40, at(n / 40)]));
    curve.dot(values.i, at(values.i));
    curve.svg.setAttribute("aria-label", `Firing rate against current, and a dot where this neuron is: ${at(values.i).toFixed(3)} spikes per step.`);
  }

  place.append(element("p", { textContent: model.says }), element("div", { className: "explorable-plots" }, trace.svg, ...(curve ? [curve.svg] : [])));
  for (const [name, [says, min, max, stop, value]] of Object.entries(model.controls)) {
    const output = element("output", { textContent: value });
    const input = element("input", { type: "range", min, max, step: stop, value });
    values[name] = value;
    input.addEventListener("input", () => { values[name] = +input.value; output.value = input.value; changed(); });
    place.append(element("label", {}, says, input, output));
  }
  place.append(element("p", { className: "live-buttons" }, run));
  if (model.next) fromRest();
  name();
  changed();
  if (!model.next) return;

  let seen = false;
  let due = 0;
  new IntersectionObserver(([{ isIntersecting }]) => { seen = isIntersecting; }).observe(place);
  requestAnimationFrame(function frame(now) {
    if (!running || !seen || now - due > 1000) due = now; // whoever comes back finds it where it was left
    const missed = Math.floor(((now - due) / 1000) * STEPS_A_SECOND);
    for (let n = 0; n < missed; n += 1) step();
    if (missed) draw();
    due += (missed / STEPS_A_SECOND) * 1000;
    requestAnimationFrame(frame);
  });
}

// A small plot as SVG: lines, spikes on top, a dot.
function plot({ x, y, xLabel, yLabel }) {
  const [width, height, left, bottom] = [400, 240, 50, 46];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  const px = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - 18);
  const py = (value) => height - bottom - ((value - y[0]) / (y[1] - y[0])) * (height - bottom - 22);
  const stops = ([from, to], count) => {
    const wide = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].find((one) => (to - from) / one <= count);
    const first = Math.ceil(from / wide);
    return Array.from({ length: Math.floor(to / wide) - first + 1 }, (_, n) => +((first + n) * wide).toFixed(1));
  };
  for (const stop of stops(x, 5)) {
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
    svg,
    line: (name, points) => part(name, "polyline").setAttribute("points", points.map(([a, b]) => `${px(a).toFixed(1)},${py(b).toFixed(1)}`).join(" ")),
    ticks: (name, places) => part(name, "path").setAttribute("d", places.map((a) => `M${px(a).toFixed(1)} 8v12`).join("")),
    bars: (name, places) => part(name, "path").setAttribute("d", places.map(([a, b]) => `M${px(a).toFixed(1)} ${py(0)}V${py(b).toFixed(1)}`).join("")),
    dot: (a, b) => Object.entries({ cx: px(a), cy: py(b), r: 7 }).forEach((one) => part("dot", "circle").setAttribute(...one)),
  };
}

// A second of a tone in both ears, the second one ahead by so many degrees.
function tone(hertz, degrees) {
  const sound = new AudioContext();
  const source = new OscillatorNode(sound, { frequency: hertz });
  const soft = new GainNode(sound, { gain: 0.1 });
  const ears = new ChannelMergerNode(sound, { numberOfInputs: 2 });
  const ahead = degrees / 360 / hertz;
  for (const [ear, delayTime] of [Math.max(ahead, 0), Math.max(-ahead, 0)].entries()) {
    soft.connect(new DelayNode(sound, { delayTime })).connect(ears, 0, ear);
  }
  source.connect(soft);
  ears.connect(sound.destination);
  source.onended = () => sound.close();
  source.start();
  source.stop(1);
}

function drawn(tag, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const one of Object.entries(attributes)) made.setAttribute(...one);
  if (text !== undefined) made.textContent = text;
  return made;
}
