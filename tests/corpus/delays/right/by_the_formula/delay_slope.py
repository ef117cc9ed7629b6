def delay_slope(spikes, delays):
    x = np.pad(np.asarray(spikes, dtype=float), ((1, 1), (0, 0)))
    T, out = len(spikes), []
    for n, d in enumerate(np.floor(np.asarray(delays, dtype=float)).astype(int)):
        now = np.clip(np.arange(T) - d + 1, 0, T + 1)
        before = np.clip(np.arange(T) - d, 0, T + 1)
        out.append(x[before, n] - x[now, n])
    return np.array(out).T
