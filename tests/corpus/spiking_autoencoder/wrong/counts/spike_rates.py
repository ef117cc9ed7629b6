# slip: counts instead of rates
# named: counts
def spike_rates(times, neurons, n_neurons, duration, width):
    rows = [[0.0] * n_neurons for _ in range(round(duration / width))]
    for when, neuron in zip(times, neurons):
        rows[int(when // width)][int(neuron)] += 1
    return rows
