# slip: times are rounded, not cut off
# named: rounded
def raster(times, channels, n_steps, n_channels):
    grid = [[0] * n_channels for _ in range(n_steps)]
    for when, channel in zip(times, channels):
        grid[round(when)][int(channel)] += 1
    return grid
