# slip: an event falls into the step after
def raster(times, channels, n_steps, n_channels):
    grid = [[0] * n_channels for _ in range(n_steps)]
    for when, channel in zip(times, channels):
        grid[int(when) - 1][int(channel)] += 1
    return grid
