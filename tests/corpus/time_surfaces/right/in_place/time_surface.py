def time_surface(spikes, tau):
    surface = np.array(spikes, dtype=np.float32) / tau
    for n in range(1, len(surface)):
        surface[n] += surface[n - 1] * (1 - 1 / tau)
    return surface
