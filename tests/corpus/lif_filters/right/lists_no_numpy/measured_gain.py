def measured_gain(neuron, frequency):
    signal = [math.sin(2 * math.pi * frequency * n) for n in range(2000 + round(10 / frequency))]
    settled = list(neuron(signal))[1000:]
    return (max(settled) - min(settled)) / 2
