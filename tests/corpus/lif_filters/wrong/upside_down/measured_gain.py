# slip: what went in over what came out
# named: upside_down
def gain_of(neuron, frequency):
    signal = [math.sin(2 * math.pi * frequency * n) for n in range(2000 + round(10 / frequency))]
    settled = list(neuron(signal))[1000:]
    return (max(settled) - min(settled)) / 2


def measured_gain(neuron, f):
    return 1 / gain_of(neuron, f)
