# slip: np.round instead of cutting off
# named: rounded
def raster(times, channels, n_steps, n_channels):
    out = np.zeros((n_steps, n_channels))
    for t, c in zip(np.round(times).astype(int), channels):
        out[t, c] += 1
    return out
