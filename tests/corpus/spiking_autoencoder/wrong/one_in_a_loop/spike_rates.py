# slip: a loop over the spikes that sets 1 instead of adding it
# never said: adds 1 to each place
def spike_rates(times, neurons, n_neurons, duration, width):
    counts = np.zeros((round(duration / width), n_neurons))
    for when, neuron in zip(times, neurons):
        counts[int(when // width), int(neuron)] = 1
    return counts / width * 1000
