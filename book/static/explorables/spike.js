// A spike that can be moved, the loss, and its slope.
Object.assign(MODELS, {
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
});

EXPLORABLES.spike = {
  says: "Play with it. Two spikes, each of weight 20. The loss is drawn against the time of the first, with a line with its slope where the spike is now. Where is the slope zero, and which way does it send the spike from there?",
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
};
