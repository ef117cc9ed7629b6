# slip: a loop over the events that sets 1 instead of adding it
# never said: a loop over the events
def raster(times, channels, n_steps, n_channels):
    grid = np.zeros((n_steps, n_channels))
    for when, channel in zip(times, channels):
        grid[int(when), int(channel)] = 1
    return grid
