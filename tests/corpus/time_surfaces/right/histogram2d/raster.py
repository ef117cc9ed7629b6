def raster(times, channels, n_steps, n_channels):
    grid, _, _ = np.histogram2d(
        times, channels, bins=[n_steps, n_channels], range=[[0, n_steps], [-0.5, n_channels - 0.5]]
    )
    return grid
