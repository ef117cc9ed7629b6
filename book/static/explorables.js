// What one can play with while one reads: nothing of it needs Python. Each chapter's scripts in explorables/ put here
// what they compute, as the chapter's own functions do (tests/authoring/test_explorables.py holds them against
// `solutions`), and what they show: sliders, buttons, plots, words. What a page made for them comes as JSON within.
const MODELS = {};
const EXPLORABLES = {};
const STEPS = 200;
const STEPS_A_SECOND = 40;

// Numbers between 0 and 1, the same for the same seed (mulberry32).
MODELS.dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
// Who spikes in each millisecond, at random: each at its share of the rate, in hertz.
MODELS.poisson = (shares, rate, steps, seed) => {
  const dice = MODELS.dice(seed);
  return Array.from({ length: steps }, () => shares.flatMap((share, i) => (dice() < (share * rate) / 1000 ? [i] : [])));
};
MODELS.correlation = (one, two) => { // 0 if one of them is the same everywhere
  const apart = (some) => some.map((value) => value - some.reduce((sum, other) => sum + other, 0) / some.length);
  const product = (a, b) => a.reduce((sum, value, n) => sum + value * b[n], 0);
  const [a, b] = [apart([...one]), apart([...two])];
  const lengths = Math.sqrt(product(a, a) * product(b, b));
  return lengths > 1e-9 ? product(a, b) / lengths : 0;
};

document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-explorable]")) {
    const model = EXPLORABLES[place.dataset.explorable];
    explore(place, typeof model === "function" ? model(JSON.parse(place.querySelector("script").textContent)) : model);
  }
});

function explore(place, model) {
  const values = { ...model.values };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const sliders = {};
  let steps = [];
  let running = model.next && !still;
  let plays = 0; // counts what has been begun: whatever comes later ends it
  const step = () => { steps = [...steps.slice(1 - STEPS), model.next(values, steps.at(-1) ?? { v: 0 })]; };
  const fromRest = () => { steps = []; for (let n = 0; n < STEPS; n += 1) step(); };
  const draw = (some = plots) => some.forEach((one) => one.draw(one.made, values, steps));
  const told = element("p", { className: "explorable-told" });
  function changed() {
    if (model.next && !running) fromRest();
    draw();
    for (const { made, alt } of plots) if (alt) made.node.setAttribute("aria-label", alt(values));
    say("polite");
  }
  function say(live) { // while it runs, a screen reader is not told of every step
    if (model.told) Object.assign(told, { ariaLive: live, textContent: model.told(values) });
  }
  function put(some) {
    Object.assign(values, some);
    for (const name of Object.keys(some)) sliders[name]?.show(some[name]);
  }
  const hands = {
    set(some) { plays += 1; put(some); changed(); },
    play(name, to, aSecond) { // lets a value run from 0; who wants no motion sees where it ends
      if (still) return hands.set({ [name]: to });
      const [mine, begun] = [(plays += 1), performance.now()];
      requestAnimationFrame(function frame(now) {
        if (plays !== mine) return;
        const at = Math.min(Math.max(0, Math.floor(((now - begun) / 1000) * aSecond)), to);
        put({ [name]: at });
        if (at === to) return changed();
        draw();
        say("off");
        requestAnimationFrame(frame);
      });
    },
  };

  const plots = model.plots.map((one) => ({ ...one, made: one.make ? one.make(hands) : plot(one) }));
  const shown = element("div", { className: "explorable-plots" }, ...plots.map(({ made }) => made.node));
  place.append(element("p", { textContent: model.says }));
  if (model.first !== "controls") place.append(shown);
  for (const [name, control] of Object.entries(model.controls ?? {})) {
    sliders[name] = slider(control, (value) => hands.set({ [name]: value }));
    values[name] = control.at(-1);
    place.append(sliders[name].label);
  }
  const buttons = Object.entries(model.buttons ?? {}).map(([text, does]) => button(text, () => does(values, hands)));
  if (model.told) place.append(told);
  if (buttons.length) place.append(element("p", { className: "live-buttons" }, ...buttons));
  if (model.first === "controls") place.append(shown);
  if (model.next) fromRest();
  changed();
  if (!model.next) return;

  const run = button("", () => { running = !running; name(); });
  const name = () => { run.textContent = running ? "Stop" : "Let it run"; };
  name();
  place.append(element("p", { className: "live-buttons" }, run));
  const moving = plots.filter((one) => one.moves);
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

// A slider of [its name, lowest, highest, step, first], or of [its name, the values it stops at, first].
function slider([says, ...scale], moved) {
  const stops = Array.isArray(scale[0]) ? scale[0] : null;
  const [min, max, step] = stops ? [0, stops.length - 1, 1] : scale;
  const output = element("output");
  const input = element("input", { type: "range", min, max, step });
  const show = (value) => {
    input.value = stops ? stops.indexOf(value) : value;
    output.value = value;
    if (stops) input.setAttribute("aria-valuetext", value);
  };
  input.addEventListener("input", () => { const value = stops ? stops[input.value] : +input.value; show(value); moved(value); });
  show(scale.at(-1));
  return { label: element("label", {}, says, input, output), show };
}
