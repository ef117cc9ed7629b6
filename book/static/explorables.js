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

  // The output of the adjoint's chapter, tau_m = 20 ms and tau_s = 5 ms, each millisecond up to 400, and its loss.
  bump: (since) => (since > 0 ? (Math.exp(-since / 20) - Math.exp(-since / 5)) / 3 : 0),
  listened: (spikes, weight) =>
    Array.from({ length: 400 }, (_, n) => spikes.reduce((sum, when) => sum + weight * MODELS.bump(n - when), 0)),
  loss: (spikes, weight) => MODELS.listened(spikes, weight).reduce((sum, v) => sum + Math.log(1 + 19 * Math.exp(-v)), 0),
  slope(spikes, weight) { // of the loss, with the time of the first spike
    const side = (since) => (Math.exp(-since / 20) / 20 - Math.exp(-since / 5) / 5) / 3;
    const later = (since) => (since > 0 ? side(since) : since < 0 ? 0 : side(0) / 2); // at the corner: half of both sides
    const push = (v) => 19 / (19 + Math.exp(v));
    return MODELS.listened(spikes, weight).reduce((sum, v, n) => sum - push(v) * weight * later(n - spikes[0]), 0);
  },
};
const OWN = Array.from({ length: 37 }, (_, n) => 5 * n - 90); // the phases of the row of detectors, in degrees

const past = { // what a model that runs has done lately
  x: [0, STEPS], xLabel: "time (steps)",
  draw(plot, _, steps) {
    for (const name of ["i", "threshold", "v"]) if (name in steps[0]) plot.line(name, steps.map((one, n) => [n, one[name]]));
    plot.ticks("z", steps.flatMap(({ z }, n) => (z ? [n] : [])));
  },
};

const EXPLORABLES = {
  membrane: {
    says: "Play with it. Turn the current up and down while the voltage runs after it, with a short τ and with a long one.",
    controls: { i: ["current i", -1, 1, 0.1, 0.5], tau: ["time constant τ (steps)", 1, 100, 1, 20] },
    next: ({ i, tau }, { v }) => ({ i, v: MODELS.leakyIntegrator([i], tau, v)[0] }),
    plots: [{
      ...past, y: [-1.1, 1.1], yLabel: "i, v",
      alt: ({ i, tau }) => `Current and voltage of the last ${STEPS} steps. The current is ${i}, the time constant ${tau} steps.`,
    }],
  },
  neuron: {
    says: "Play with it. The dot is your neuron on its f-I curve. How little current keeps it silent? What does a longer τ change, and what not?",
    controls: {
      i: ["current i", 0, 5, 0.1, 2], tau: ["time constant τ (steps)", 2, 50, 1, 10], threshold: ["threshold θ", 0.2, 3, 0.1, 1],
    },
    next({ i, tau, threshold }, { v }) {
      const [now] = MODELS.leakyIntegrateAndFire([i], tau, threshold, v);
      return { threshold, ...now };
    },
    plots: [{
      ...past, y: [-0.2, 3.3], yLabel: "v, θ",
      alt: ({ i, tau, threshold }) => `Voltage and spikes of the last ${STEPS} steps, at a current of ${i}, with a time constant of ${tau} steps and a threshold of ${threshold}.`,
    }, {
      x: [0, 5], y: [0, 1.05], xLabel: "current i", yLabel: "spikes per step",
      draw(plot, { i, tau, threshold }) {
        const at = (current) => MODELS.firingRate(current, tau, threshold);
        plot.line("rate", Array.from({ length: 201 }, (_, n) => [n / 40, at(n / 40)]));
        plot.dot(i, at(i));
      },
      alt: ({ i, tau, threshold }) => `Firing rate against current, and a dot where this neuron is: ${MODELS.firingRate(i, tau, threshold).toFixed(3)} spikes per step at a current of ${i}.`,
    }],
  },
  ears: {
    says: "Play with it. Turn the phase, and see which of the detectors hears most coincidences. Listen with headphones: here the tone has 500 Hz, and a phase is a direction.",
    controls: { angle: ["second ear ahead by (degrees)", -90, 90, 5, 30] },
    heard: ({ angle }) => tone(500, angle),
    plots: [{
      x: [-95, 95], y: [0, 1.05], xLabel: "phase that the delay makes up for (degrees)", yLabel: "expected coincidences per cycle",
      draw(plot, { angle }) {
        const bars = OWN.map((own) => [own, MODELS.coincidences(angle, own)]);
        plot.bars("bar", bars);
        plot.bars("best", [bars.reduce((best, bar) => (bar[1] > best[1] ? bar : best))]);
      },
      alt: ({ angle }) => `A row of detectors. The second ear is ahead by ${angle} degrees, and most is heard by the one that makes up for ${angle} degrees.`,
    }],
  },
  spike: {
    says: "Play with it. Two spikes, each of weight 20. On the right: the loss against the time of the first, and a line with its slope where the spike is now. Where is the slope zero, and which way does it send the spike from there?",
    controls: { first: ["first spike at (ms)", 5, 195, 1, 80], second: ["second spike at (ms)", 5, 195, 1, 100] },
    plots: [{
      x: [0, 200], y: [0, 6.5], xLabel: "time (ms)", yLabel: "V",
      draw(plot, { first, second }) {
        plot.line("v", MODELS.listened([first, second], 20).slice(0, 201).map((v, n) => [n, v]));
        plot.ticks("z", [first, second]);
      },
      alt: ({ first, second }) => `Voltage after spikes at ${first} and ${second} milliseconds.`,
    }, {
      x: [0, 200], y: [1025, 1068], xLabel: "first spike at (ms)", yLabel: "loss L",
      draw(plot, { first, second }) {
        const [loss, slope] = [MODELS.loss([first, second], 20), MODELS.slope([first, second], 20)];
        plot.line("rate", Array.from({ length: 96 }, (_, n) => [5 + 2 * n, MODELS.loss([5 + 2 * n, second], 20)]));
        plot.line("i", [-15, 15].map((by) => [first + by, loss + slope * by]));
        plot.dot(first, loss);
      },
      alt: ({ first, second }) => `Loss against the time of the first spike, and a line with its slope there: ${MODELS.slope([first, second], 20).toFixed(3)} per millisecond.`,
    }],
  },
};

document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-explorable]")) explore(place, EXPLORABLES[place.dataset.explorable]);
});

function explore(place, model) {
  const values = {};
  const plots = model.plots.map((one) => ({ ...one, made: plot(one) }));
  let steps = [];
  let running = model.next && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const step = () => { steps = [...steps.slice(1 - STEPS), model.next(values, steps.at(-1) ?? { v: 0 })]; };
  const fromRest = () => { steps = []; for (let n = 0; n < STEPS; n += 1) step(); };
  const draw = (some = plots) => some.forEach((one) => one.draw(one.made, values, steps));
  function changed() {
    if (model.next && !running) fromRest();
    draw();
    for (const { made, alt } of plots) made.svg.setAttribute("aria-label", alt(values));
  }

  place.append(element("p", { textContent: model.says }));
  place.append(element("div", { className: "explorable-plots" }, ...plots.map(({ made }) => made.svg)));
  for (const [name, [says, min, max, stop, value]] of Object.entries(model.controls)) {
    const output = element("output", { textContent: value });
    const input = element("input", { type: "range", min, max, step: stop, value });
    values[name] = value;
    input.addEventListener("input", () => { values[name] = +input.value; output.value = input.value; changed(); });
    place.append(element("label", {}, says, input, output));
  }
  if (model.next) fromRest();
  changed();
  if (model.heard) place.append(element("p", { className: "live-buttons" }, button("Hear it", () => model.heard(values))));
  if (!model.next) return;

  const run = button("", () => { running = !running; name(); });
  const name = () => { run.textContent = running ? "Stop" : "Let it run"; };
  name();
  place.append(element("p", { className: "live-buttons" }, run));
  const moving = plots.filter((one) => one.draw === past.draw);
  let seen = false;
  let due = 0;
  new IntersectionObserver(([{ isIntersecting }]) => { seen = isIntersecting; }).observe(place);
  requestAnimationFrame(function frame(now) {
    if (!running || !seen || now - due > 1000) due = now; // whoever comes back finds it where it was left
    const missed = Math.floor(((now - due) / 1000) * STEPS_A_SECOND);
    for (let n = 0; n < missed; n += 1) step();
    if (missed) draw(moving);
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
