// Two populations: x is shown a pattern, y fires, and y's rates come back to x, by the transpose or at random.
Object.assign(MODELS, {
  table(packed, columns) { // of rows of bits
    const bits = [...atob(packed)].flatMap((byte) => [...byte.charCodeAt(0).toString(2).padStart(8, "0")].map(Number));
    return Array.from({ length: Math.floor(bits.length / columns) }, (_, row) => bits.slice(row * columns, (row + 1) * columns));
  },
  transposed: (table) => table[0].map((_, column) => table.map((row) => row[column])),

  // Who fires in each millisecond, with a row of connections for each neuron that receives: as LIFLayer, in its 32 bits.
  fire(spikes, connections, weight) {
    const [keep, n] = [Math.fround(Math.exp(-1 / 10)), connections.length];
    const [v, tired] = [new Float32Array(n), new Int16Array(n)];
    const heard = MODELS.transposed(connections).map((sends) => sends.flatMap((one, i) => (one ? [i] : [])));
    return spikes.map((senders) => {
      const received = new Float32Array(n);
      for (const sender of senders) for (const i of heard[sender]) received[i] += weight;
      const fired = [];
      for (let i = 0; i < n; i += 1) {
        const awake = tired[i] <= 0;
        const leaked = Math.fround(v[i] * keep);
        const fires = awake && leaked >= 50;
        v[i] = awake && !fires ? leaked + received[i] : 0;
        tired[i] = (fires ? 2 : tired[i]) - 1;
        if (fires) fired.push(i);
      }
      return fired;
    });
  },
  ratesOf(spikes, n) { // in hertz, after 200 ms, of a second
    const rates = Array(n).fill(0);
    for (const fired of spikes.slice(200, 1200)) for (const i of fired) rates[i] += 1;
    return rates;
  },

  // The test of the chapter: up, and down both ways. Each part has what comes in, who fires, and how often.
  upAndDown(pattern, { there, other, weight }, seed) {
    const w = MODELS.table(there, pattern.length);
    const part = (rates, connections, number) => {
      const spikes = MODELS.poisson(rates, 1, 1200, 3 * seed + number);
      const fired = MODELS.fire(spikes, connections, weight);
      return { spikes, fired, rates: MODELS.ratesOf(fired, connections.length) };
    };
    const y = part(pattern.map((on) => 200 * on), w, 0);
    const mean = y.rates.reduce((sum, rate) => sum + rate, 0) / y.rates.length;
    const asked = y.rates.map((rate) => (100 * rate) / Math.max(mean, 1e-9));
    const back = { transpose: part(asked, MODELS.transposed(w), 1), random: part(asked, MODELS.table(other, w.length), 2) };
    return { y, mean, back };
  },
});

EXPLORABLES.echo = (network) => {
  const { patterns } = network;
  const SIDE = 10;
  let last = {};
  const outcome = ({ pattern, seed }) => {
    if (last.pattern !== pattern || last.seed !== seed) last = { pattern, seed, test: MODELS.upAndDown(pattern, network, seed) };
    return last.test;
  };
  const alike = (values, way) => MODELS.correlation(outcome(values).back[way].rates, values.pattern).toFixed(2).replace("-", "−");
  const total = (some) => some.reduce((sum, one) => sum + one, 0);
  const comesBack = (way, name) => ({
    make: () => shades(SIDE),
    draw: (made, values) => made.show(outcome(values).back[way].rates, values.pattern, `back in x ${name}:\ncorrelation ${alike(values, way)}`),
    alt(values) {
      const { rates } = outcome(values).back[way];
      const inside = total(rates.filter((_, i) => values.pattern[i])) / Math.max(total(values.pattern), 1);
      const outside = total(rates.filter((_, i) => !values.pattern[i])) / Math.max(100 - total(values.pattern), 1);
      return `What comes back to the hundred neurons x, ${name}: those of the pattern fire at ${inside.toFixed(0)} hertz on average, the others at ${outside.toFixed(0)}. The correlation with the pattern is ${alike(values, way)}.`;
    },
  });

  return {
    first: "controls",
    says: "Play with it: switch neurons x on and off, with the pointer or with arrow keys and space. Each that is on fires at 200 Hz for a second, and y listens. Then y fires in proportion, and x listens: along the transpose, or through other connections, drawn at random. Orange frames are your pattern. Predict: how many neurons must be on before anything comes back? And does more of them come back better?",
    values: { pattern: patterns[1], number: 1, seed: 1 },
    buttons: {
      "Another pattern": ({ number }, hands) => {
        const next = (number + 1) % patterns.length;
        hands.set({ pattern: patterns[next], number: next });
      },
      "All off": (_, hands) => hands.set({ pattern: Array(SIDE * SIDE).fill(0) }),
      "Other spikes": ({ seed }, hands) => hands.set({ seed: seed + 1 }),
    },
    plots: [{
      make: (hands) => board({ columns: SIDE, name: "pattern", says: "Shown to x, 10 by 10 neurons: arrow keys move, space switches on and off", caption: "shown to x:\n200 Hz where it is on", className: "explorable-pattern" }, hands),
      draw: (made, { pattern }) => made.show(pattern),
    }, {
      make: () => shades(SIDE),
      draw: (made, values) => made.show(outcome(values).y.rates, null, `fired by y:\n${outcome(values).mean.toFixed(1)} Hz on average`),
      alt: (values) => `How often the hundred neurons y fire: ${outcome(values).mean.toFixed(1)} hertz on average, up to ${Math.max(...outcome(values).y.rates)}; ${outcome(values).y.rates.filter((rate) => !rate).length} are silent.`,
    }, comesBack("transpose", "by the transpose"), comesBack("random", "at random")],
    told(values) {
      const on = total(values.pattern);
      if (!outcome(values).mean) return `${on} of 100 neurons x are on, and no y reaches its threshold: nothing comes back.`;
      return `${on} of 100 neurons x are on. What comes back has a correlation of ${alike(values, "transpose")} with the pattern by the transpose, and of ${alike(values, "random")} at random, where up to 0.2 is nothing but chance.`;
    },
  };
};
