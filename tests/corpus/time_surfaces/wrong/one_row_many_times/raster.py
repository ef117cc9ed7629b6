# slip: all rows are one and the same list
def raster(times, channels, n_steps, n_channels):
    grid = [[0] * n_channels] * n_steps
    for when, channel in zip(times, channels):
        grid[int(when)][int(channel)] += 1
    return grid
