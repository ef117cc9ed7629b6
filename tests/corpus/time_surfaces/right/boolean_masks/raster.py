def raster(times, channels, n_steps, n_channels):
    times, channels = np.array(times), np.array(channels)
    rows = []
    for n in range(n_steps):
        here = channels[(times >= n) & (times < n + 1)]
        rows.append([np.count_nonzero(here == c) for c in range(n_channels)])
    return rows
