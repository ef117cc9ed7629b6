# slip: times and channels are each sorted
# named: sorted_alone
def raster(times, channels, n_steps, n_channels):
    out = np.zeros((n_steps, n_channels))
    for t, c in zip(sorted(times), sorted(channels)):
        out[int(t)][c] += 1
    return out
