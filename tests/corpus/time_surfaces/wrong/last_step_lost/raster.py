# slip: the grid is one step too short
def raster(times, channels, n_steps, n_channels):
    grid = [[0] * n_channels for _ in range(n_steps - 1)]
    for when, channel in zip(times, channels):
        grid[int(when)][int(channel)] += 1
    return grid
