# slip: channels come first
# named: axes_swapped
def raster(times, channels, n_steps, n_channels):
    grid = [[0] * n_steps for _ in range(n_channels)]
    for when, channel in zip(times, channels):
        grid[int(channel)][int(when)] += 1
    return grid
