def spike_rates(times, neurons, n_neurons, duration, width):
    times, neurons = np.asarray(times, dtype=float), np.asarray(neurons)
    bins = int(round(duration / width))
    counts = [np.bincount((times[neurons == n] // width).astype(int), minlength=bins) for n in range(n_neurons)]
    return np.array(counts).T / (width * 1e-3)
