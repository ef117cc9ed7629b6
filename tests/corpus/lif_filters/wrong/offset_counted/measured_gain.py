# slip: the highest value is taken, the offset with it
# named: offset_counted
def measured_gain(neuron, f):
    return max(neuron([math.sin(2 * math.pi * f * n) for n in range(30_000)])[1000:])
