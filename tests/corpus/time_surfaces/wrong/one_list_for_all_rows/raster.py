# slip: [[0] * n] * m is one row many times
# named: all_steps_alike
def raster(times, channels, n_steps, n_channels):
    picture = [[0] * n_channels] * n_steps
    for i in range(len(times)):
        picture[int(times[i])][channels[i]] += 1
    return np.array(picture)
