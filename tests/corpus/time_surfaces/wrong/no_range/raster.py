# slip: histogram2d without a range
# named: stretched
def raster(times, channels, n_steps, n_channels):
    grid, when, where = np.histogram2d(times, channels, [n_steps, n_channels])
    return grid
