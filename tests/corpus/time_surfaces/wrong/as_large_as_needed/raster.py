# slip: the grid ends with the last event and the highest channel
# not named:
def raster(times, channels, n_steps, n_channels):
    steps = np.array(times).astype(int)
    out = np.zeros((steps.max() + 1, max(channels) + 1))
    np.add.at(out, (steps, channels), 1)
    return out
