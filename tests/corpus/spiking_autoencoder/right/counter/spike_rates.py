from collections import Counter


def spike_rates(times, neurons, n_neurons, duration, width):
    counts = Counter((int(t // width), int(n)) for t, n in zip(times, neurons))
    return [[counts[k, n] / width * 1000 for n in range(n_neurons)] for k in range(round(duration / width))]
