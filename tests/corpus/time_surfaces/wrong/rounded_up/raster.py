# slip: the time is rounded up
# named: one_step_late
def raster(times, channels, n_steps, n_channels):
    out = np.zeros((n_steps, n_channels))
    for t, c in zip(times, channels):
        out[int(np.ceil(t))][c] += 1
    return out
