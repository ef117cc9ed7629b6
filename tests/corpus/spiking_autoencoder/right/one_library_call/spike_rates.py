def spike_rates(times, neurons, n_neurons, duration, width):
    bins = int(round(duration / width))
    edges = [np.arange(bins + 1) * width, np.arange(n_neurons + 1)]
    return np.histogram2d(np.asarray(times), np.asarray(neurons), bins=edges)[0] * 1000 / width
