def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.array(input_data, dtype=float)
    membrane = np.zeros((len(x) + 1, *x.shape[1:]))
    for n in range(len(x)):
        membrane[n + 1] = (1 - 1 / tau) * membrane[n] + x[n] / tau
        membrane[n + 1] = np.where(membrane[n + 1] >= threshold, 0, membrane[n + 1])
        x[n] = (1 - 1 / tau) * membrane[n] + x[n] / tau >= threshold
    return x > 0, membrane[1:]
