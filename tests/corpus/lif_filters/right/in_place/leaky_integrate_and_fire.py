def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.array(input_data, dtype=float)
    spikes = np.zeros_like(x)
    before = np.zeros(x.shape[1:])
    for n in range(len(x)):
        x[n] = before + (x[n] - before) / tau
        spikes[n] = x[n] >= threshold
        x[n] = np.where(spikes[n] > 0, 0, x[n])
        before = x[n].copy()
    return spikes, x
