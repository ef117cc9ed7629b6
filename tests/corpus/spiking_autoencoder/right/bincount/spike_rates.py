def spike_rates(times, neurons, n_neurons, duration, width):
    n_bins = int(round(duration / width))
    place = (np.asarray(times) // width).astype(int) * n_neurons + np.asarray(neurons, dtype=int)
    return np.bincount(place, minlength=n_bins * n_neurons).reshape(n_bins, n_neurons) * 1000.0 / width
