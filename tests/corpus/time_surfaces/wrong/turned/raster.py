# slip: channels first
# named: axes_swapped
def raster(times, channels, n_steps, n_channels):
    out = np.zeros((n_channels, n_steps))
    for t, c in zip(times, channels):
        out[c, int(t)] += 1
    return out
