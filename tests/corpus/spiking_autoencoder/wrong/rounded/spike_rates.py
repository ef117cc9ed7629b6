# slip: times are rounded to the nearest bin
# named: rounded
def spike_rates(times, neurons, n_neurons, duration, width):
    rows = [[0.0] * n_neurons for _ in range(round(duration / width))]
    for when, neuron in zip(times, neurons):
        rows[min(round(when / width), len(rows) - 1)][int(neuron)] += 1000 / width
    return rows
