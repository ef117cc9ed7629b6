# slip: steps are counted from one
# named: one_step_early
def raster(times, channels, n_steps, n_channels):
    out = np.zeros((n_steps, n_channels), dtype=int)
    for t, c in zip(times, channels):
        out[int(np.floor(t)) - 1][c] += 1
    return out
