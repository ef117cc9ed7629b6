// The digit network after its training: a digit is drawn, its neurons race, and those who fire vote.
Object.assign(MODELS, {
  weights: ({ weights, unit }) => Float64Array.from(atob(weights), (code) => unit * code.charCodeAt(0)), // a row for each pixel

  // For each step who fires, -1 for nobody, and all voltages; the order is that of DigitNetwork.receive.
  race(spikes, network) {
    const { extra, settings } = network;
    const { tau_s, tau_rc, tau_ref, t_step, inhibition, floor } = settings;
    const n = extra.length;
    const weights = MODELS.weights(network);
    const keeps = Math.exp(-t_step / tau_s);
    const lift = (1 - keeps) / t_step / (weights.length / n);
    const [current, v, rest] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    return spikes.map((pixels) => {
      const over = [];
      for (let j = 0; j < n; j += 1) {
        const threshold = 1 + extra[j];
        current[j] = keeps * current[j] + lift * pixels.reduce((sum, i) => sum + weights[i * n + j], 0);
        const awake = Math.min(Math.max(t_step - rest[j], 0), t_step);
        rest[j] = Math.max(rest[j] - t_step, 0);
        v[j] = current[j] + (v[j] - current[j]) * Math.exp(-awake / tau_rc);
        if (v[j] <= threshold) continue;
        const gap = current[j] - v[j];
        const since = gap > 0 ? tau_rc * Math.log((current[j] - threshold) / gap) : 0;
        rest[j] = tau_ref - Math.min(since, awake);
        v[j] = 0;
        over.push(j);
      }
      const winner = over.reduce((first, j) => (first < 0 || rest[j] < rest[first] ? j : first), -1);
      for (const j of over) if (j !== winner) [v[j], rest[j]] = [1 + extra[j], 0];
      if (winner >= 0) for (let j = 0; j < n; j += 1) if (j !== winner) v[j] = Math.max(v[j] - inhibition, floor);
      return { winner, v: [...v] };
    });
  },

  // An image, shown again and a quarter brighter until enough spikes come; null if they do not.
  presented(image, network, seed) {
    let rate = network.settings.max_rate;
    for (let tries = 1; tries <= 20; tries += 1, rate *= 1.25) {
      const spikes = MODELS.poisson(image, rate, network.settings.n_steps, 100 * seed + tries);
      const steps = MODELS.race(spikes, network);
      if (steps.filter(({ winner }) => winner >= 0).length >= network.settings.enough) return { tries, rate, spikes, steps };
    }
    return null;
  },
  spikesOf(steps, neurons) {
    const counts = Array(neurons).fill(0);
    for (const { winner } of steps) if (winner >= 0) counts[winner] += 1;
    return counts;
  },
  votes: (counts, labels) => Array.from({ length: 10 }, (_, digit) => {
    const named = counts.filter((_, j) => labels[j] === digit);
    return named.length ? named.reduce((sum, one) => sum + one, 0) / named.length : 0;
  }),
  answer: (votes) => (Math.max(...votes) > 0 ? votes.indexOf(Math.max(...votes)) : -1),
});

EXPLORABLES.digits = (network) => {
  const { extra, labels, samples, settings } = network;
  const [neurons, lasts] = [extra.length, settings.n_steps];
  const digits = samples.map((sample) => sample.map((bright) => bright / 16));
  const anew = (image) => ({ image, t: 0 });
  let last = {};
  const outcome = ({ image, seed, t }) => {
    if (!t) return null; // while one draws nothing is reckoned
    if (last.image !== image || last.seed !== seed) last = { image, seed, shown: MODELS.presented(image, network, seed) };
    return last.shown;
  };
  const soFar = (values) => outcome(values)?.steps.slice(0, values.t) ?? [];
  const counted = (values) => MODELS.spikesOf(soFar(values), neurons);
  const voted = (values) => MODELS.votes(counted(values), labels);
  const busiest = (values) => { // the two who fire most in the whole race
    const counts = MODELS.spikesOf(outcome(values)?.steps ?? [], neurons);
    return [...counts.keys()].sort((a, b) => counts[b] - counts[a]).slice(0, 2);
  };
  const race = (_, hands) => hands.play("t", lasts, 70);

  return {
    first: "controls", // what is pressed stays in sight of what it changes, on a phone, too
    says: "Play with it: draw a digit in the square (arrow keys and space do it, too), or take one that was held out. Then let the 100 neurons of Figure 1 race. You see the receptive field of each, and beside it its voltage, up to its own threshold. Who fires lights up, and has a vote. Predict: whose field looks most like your digit? And what will they say when you shift it to the right? (The trained weights, in 8 bits; nothing is learned here.)",
    values: { ...anew(digits[0]), sample: 0, seed: 1 },
    controls: { t: ["now (ms)", 0, lasts, 1, 0] },
    buttons: {
      "Let them race": race,
      "Another digit": ({ sample }, hands) => {
        const next = (sample + 1) % digits.length;
        hands.set({ ...anew(digits[next]), sample: next });
      },
      "Shift it right": ({ image }, hands) => hands.set(anew(image.map((_, i) => (i % 8 ? image[i - 1] : 0)))),
      "Clear": (_, hands) => hands.set(anew(Array(64).fill(0))),
      "Other spikes": (values, hands) => { hands.set({ seed: values.seed + 1 }); race(values, hands); },
    },
    plots: [{
      make: (hands) => board({ columns: 8, name: "image", says: "Your digit, 8 by 8 pixels: arrow keys move, space draws", className: "explorable-digit", also: { t: 0 } }, hands),
      draw: (made, { image }) => made.show(image),
    }, {
      make: () => fields(network),
      draw(made, values) {
        const now = soFar(values);
        made.show(now.at(-1)?.v ?? Array(neurons).fill(0), labels.map((_, j) => values.t - 1 - now.findLastIndex(({ winner }) => winner === j)), counted(values));
      },
      alt(values) {
        const counts = counted(values);
        const fired = [...counts.keys()].filter((j) => counts[j]).map((j) => `number ${j}, named ${labels[j]}`);
        return `A hundred receptive fields in ten rows of ten, with a bar for each voltage. After ${values.t} milliseconds ${fired.length} of them have fired${fired.length ? `: ${fired.join("; ")}` : ""}.`;
      },
    }, {
      x: [0, lasts], y: [-1.6, 4.4], xLabel: "time (ms)", yLabel: "voltage of the two that fire most (θ₀ = 1)",
      draw(plot, values) {
        const now = soFar(values);
        const [first, second] = busiest(values);
        plot.line("threshold", [[0, 1 + extra[first]], [lasts, 1 + extra[first]]]);
        plot.line("i", now.map(({ v }, t) => [t, v[second]]));
        plot.line("v", now.map(({ v }, t) => [t, v[first]]));
        plot.ticks("z", now.flatMap(({ winner }, t) => (winner >= 0 ? [t] : [])), 180);
      },
      alt(values) {
        const [first, second] = busiest(values);
        if (!values.t) return "Voltages of two neurons, once they race.";
        return `Voltages of the two neurons that fire most, ${first} and ${second}, up to ${values.t} milliseconds, the threshold of the first at ${(1 + extra[first]).toFixed(2)}, and below them ${soFar(values).filter(({ winner }) => winner >= 0).length} spikes of all neurons.`;
      },
    }, {
      x: [-0.6, 9.6], y: [0, 1.6], xLabel: "digit", yLabel: "the vote: spikes per neuron of that name", stopsOfX: 10.5,
      draw(plot, values) {
        const votes = voted(values);
        plot.bars("bar", [...votes.entries()]);
        plot.bars("best", MODELS.answer(votes) < 0 ? [] : [[MODELS.answer(votes), Math.max(...votes)]]);
      },
      alt: (values) => `The vote after ${values.t} milliseconds, in spikes per neuron: ${[...voted(values).entries()].filter(([, vote]) => vote).map(([digit, vote]) => `${digit} has ${vote.toFixed(2)}`).join(", ") || "none yet"}.`,
    }],
    told(values) {
      if (!values.t) return "Nobody has fired yet.";
      const shown = outcome(values);
      if (!shown) return "Too little is drawn: no neuron can be made to fire.";
      const counts = counted(values);
      const spikes = counts.reduce((sum, one) => sum + one, 0);
      const again = shown.tries > 1 ? ` (It was shown ${shown.tries} times, each a quarter brighter, until ${settings.enough} spikes came: you see the last.)` : "";
      if (!spikes) return `After ${values.t} ms nobody has fired.${again}`;
      const votes = voted(values);
      const winner = MODELS.answer(votes);
      return `After ${values.t} ms: ${spikes} spikes of ${counts.filter(Boolean).length} neurons. They say ${winner}, with ${votes[winner].toFixed(2)} spikes per neuron of that name.${again}`;
    },
  };
};

// A hundred receptive fields with a bar for each voltage. Who has just fired lights up; who has fired stays framed.
function fields(network) {
  const { extra } = network;
  const weights = MODELS.weights(network);
  const highest = weights.reduce((most, one) => Math.max(most, one), 0);
  const paper = element("canvas", { width: 100, height: 100 }).getContext("2d");
  const places = extra.map((_, j) => [10 * (j % 10), 10 * Math.floor(j / 10)]);
  weights.forEach((weight, at) => {
    const [i, j] = [Math.floor(at / extra.length), at % extra.length];
    paper.fillStyle = `rgb(${Array(3).fill(Math.round((255 * weight) / highest)).join(" ")})`;
    paper.fillRect(places[j][0] + 1 + (i % 8), places[j][1] + 1 + Math.floor(i / 8), 1, 1);
  });
  const node = drawn("svg", { viewBox: "0 0 400 400", role: "img" });
  node.append(drawn("image", { href: paper.canvas.toDataURL(), width: 400, height: 400, style: "image-rendering: pixelated" }));
  const bars = places.map(([x, y]) => node.appendChild(drawn("path", { class: "volt", d: `M${4 * x + 37.5} ${4 * y + 36}v-32` })));
  const lights = places.map(([x, y]) => node.appendChild(drawn("rect", { class: "fired", x: 4 * x + 3, y: 4 * y + 3, width: 34, height: 34 })));
  return {
    node,
    show(v, since, counts) {
      v.forEach((one, j) => {
        const full = Math.min(Math.max(one / (1 + extra[j]), 0), 1);
        bars[j].style.strokeDasharray = `${32 * full} 40`;
        lights[j].style.strokeOpacity = counts[j] ? 1 : 0;
        lights[j].style.fillOpacity = counts[j] ? 0.7 * Math.exp(-since[j] / 12) : 0;
      });
    },
  };
}
