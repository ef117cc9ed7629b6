def delay_slope(spikes, delays):
    spikes = np.asarray(spikes, dtype=float)
    T = len(spikes)
    columns = []
    for n, d in enumerate(delays):
        k = int(np.floor(d))
        columns.append((np.eye(T, k=-k - 1) - np.eye(T, k=-k)) @ spikes[:, n])
    return np.column_stack(columns)
