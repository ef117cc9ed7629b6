// Two ears that listen to a tone, and a row of detectors with a delay each.
Object.assign(MODELS, {
  earProbability: (angle, step) => 0.6 * (0.5 * (1 + Math.sin((2 * Math.PI * step) / 20 + (angle * Math.PI) / 180))) ** 10,
  coincidences(angle, own) { // in a cycle of 20 steps, of a detector whose delay makes up for the phase `own`
    const steps = Array.from({ length: 20 }, (_, step) => step);
    const together = (step) => MODELS.earProbability(0, step) * MODELS.earProbability(angle - own, step);
    return steps.reduce((sum, step) => sum + together(step), 0);
  },
});
const OWN = Array.from({ length: 37 }, (_, n) => 5 * n - 90); // the phases of the row of detectors, in degrees

EXPLORABLES.ears = {
  says: "Play with it. Turn the phase, and see which of the detectors hears most coincidences. Listen with headphones: here the tone has 500 Hz, and a phase is a direction.",
  controls: { angle: ["second ear ahead by (degrees)", -90, 90, 5, 30] },
  buttons: { "Hear it": ({ angle }) => tone(500, angle) },
  plots: [{
    x: [-95, 95], y: [0, 1.05], xLabel: "phase that the delay makes up for (degrees)", yLabel: "expected coincidences per cycle",
    draw(plot, { angle }) {
      const bars = OWN.map((own) => [own, MODELS.coincidences(angle, own)]);
      plot.bars("bar", bars);
      plot.bars("best", [bars.reduce((best, bar) => (bar[1] > best[1] ? bar : best))]);
    },
    alt: ({ angle }) => `A row of detectors. The second ear is ahead by ${angle} degrees, and most is heard by the one that makes up for ${angle} degrees.`,
  }],
};

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
