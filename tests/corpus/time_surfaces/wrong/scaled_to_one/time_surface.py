# slip: divided by its largest value
# named: normalised
def time_surface(spikes, tau):
    surface = np.asarray(leaky_integrator(spikes, tau))
    return surface / np.max(surface)
