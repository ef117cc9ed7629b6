// The first two chapters: a membrane, and a neuron that fires.
Object.assign(MODELS, {
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
});

const past = { // what a model that runs has done lately
  x: [0, STEPS], xLabel: "time (steps)", moves: true,
  draw(plot, _, steps) {
    for (const name of ["i", "threshold", "v"]) if (name in steps[0]) plot.line(name, steps.map((one, n) => [n, one[name]]));
    plot.ticks("z", steps.flatMap(({ z }, n) => (z ? [n] : [])));
  },
};

Object.assign(EXPLORABLES, {
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
});
