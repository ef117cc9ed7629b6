// A spoken word as an ear with few channels sends it, forwards and backwards: seen as a time surface, and heard.
Object.assign(MODELS, {
  mirrored: (steps) => [...steps].reverse(),
  timeSurface(steps, channels, until, tau) { // a leaky integrator for each channel, after so many steps
    const v = new Float64Array(channels);
    for (const spikes of steps.slice(0, until)) {
      for (let c = 0; c < channels; c += 1) v[c] += ((spikes.includes(c) ? 1 : 0) - v[c]) / tau;
    }
    return [...v];
  },
  counts(steps, channels) {
    const counts = Array(channels).fill(0);
    for (const channel of steps.flat()) counts[channel] += 1;
    return counts;
  },
  plucks(steps, hertz, slower, rate) { // the word as sound: each spike a short pluck at its channel's pitch
    const short = Math.round(0.06 * rate);
    const fades = Float64Array.from({ length: short }, (_, n) => Math.exp(-n / (0.012 * rate)));
    const wave = new Float64Array(Math.round((steps.length * slower * rate) / 1000) + short);
    steps.forEach((spikes, step) => {
      const from = Math.round((step * slower * rate) / 1000);
      for (const channel of spikes) {
        const turn = (2 * Math.PI * hertz[channel]) / rate;
        for (let n = 0; n < short; n += 1) wave[from + n] += Math.sin(turn * n) * fades[n];
      }
    });
    const loudest = wave.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    return Float32Array.from(wave, (one) => (0.15 * one) / loudest);
  },
});

EXPLORABLES.surface = ({ steps, hertz }) => {
  const SLOWER = 4;
  const [channels, lasts] = [hertz.length, steps.length];
  const counts = MODELS.counts(steps, channels);
  const ways = [false, true].map((backwards) => {
    const played = backwards ? MODELS.mirrored(steps) : steps;
    const events = played.flatMap((spikes, step) => spikes.map((channel) => [step, channel]));
    return { played, events, name: backwards ? "backwards" : "forwards" };
  });
  const way = ({ backwards }) => ways[+backwards];
  const held = (one, until, tau) => MODELS.timeSurface(one.played, channels, until, tau).map((v) => tau * v);
  const alike = ({ tau }) => MODELS.correlation(...ways.map((one) => held(one, lasts, tau)));
  const sum = (some) => some.reduce((total, one) => total + one, 0);
  let source;

  function plays(values, hands, backwards) {
    hands.set({ backwards });
    hands.play("t", lasts, 1000 / SLOWER);
    source?.stop();
    const sound = new AudioContext();
    const wave = MODELS.plucks(way(values).played, hertz, SLOWER, sound.sampleRate);
    const buffer = new AudioBuffer({ length: wave.length, sampleRate: sound.sampleRate });
    buffer.copyToChannel(wave, 0);
    source = new AudioBufferSourceNode(sound, { buffer });
    source.connect(sound.destination);
    source.onended = () => sound.close();
    source.start();
  }

  return {
    says: `Play with it: "seven" from an ear with ${channels} channels, ${SLOWER} times slower, with a short pluck for each spike. In the first picture each spike fades with τ. In the second the bars are what is left in each channel: the surface of Task 4.1, times τ. The dotted line is the count of the whole word; the dashed one is where the word ends when it is played the other way. Predict before you press: with which τ do the two ends differ most, and with which hardly at all?`,
    values: { backwards: false },
    controls: {
      tau: ["time constant τ (ms)", [5, 10, 20, 50, 100, 200, 500, 1000, 5000], 100],
      t: ["now (ms)", 0, lasts, 1, lasts],
    },
    buttons: {
      "Play it forwards": (values, hands) => plays(values, hands, false),
      "Play it backwards": (values, hands) => plays(values, hands, true),
    },
    plots: [{
      x: [0, 600], y: [0, channels], xLabel: "time (ms)", yLabel: "channel (0: 80 Hz, 69: 10 kHz)",
      draw(plot, values) {
        const { t, tau } = values;
        plot.events(way(values).events, way(values).events.map(([step]) => (step < t ? (1 - 1 / tau) ** (t - 1 - step) : 0)));
        plot.line("threshold", [[t, 0], [t, channels]]);
      },
      alt: (values) => `The spikes of the word played ${way(values).name}, up to ${values.t} of ${lasts} milliseconds. With a time constant of ${values.tau} milliseconds ${sum(held(way(values), values.t, values.tau)).toFixed(0)} of its ${sum(counts)} spikes are left.`,
    }, {
      x: [0, channels], y: [0, 22], xLabel: "channel", yLabel: "τ · v: spikes that are left",
      draw(plot, values) {
        const other = ways[1 - values.backwards];
        plot.bars("held", held(way(values), values.t, values.tau).map((v, c) => [c + 0.5, v]));
        plot.line("i", held(other, lasts, values.tau).map((v, c) => [c + 0.5, v]));
        plot.line("threshold", counts.map((count, c) => [c + 0.5, count]));
      },
      alt(values) {
        const now = held(way(values), values.t, values.tau);
        return `A bar for each of ${channels} channels: what is left of its spikes after ${values.t} milliseconds. The highest, ${Math.max(...now).toFixed(1)}, is that of channel ${now.indexOf(Math.max(...now))}. A dotted line shows how many spikes each has in the whole word, at most ${Math.max(...counts)}.`;
      },
    }],
    told: (values) => `With τ = ${values.tau} ms the two ends, forwards and backwards, have a correlation of ${alike(values).toFixed(2).replace("-", "−")}; the counts are the same, both ways.`,
  };
};
