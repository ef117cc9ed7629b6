# slip: the power instead of the amplitude
# named: power
def gain_of(neuron, frequency):
    signal = [math.sin(2 * math.pi * frequency * n) for n in range(2000 + round(10 / frequency))]
    settled = list(neuron(signal))[1000:]
    return (max(settled) - min(settled)) / 2


def measured_gain(neuron, f):
    return gain_of(neuron, f) ** 2
