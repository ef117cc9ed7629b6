def spiking_time_surface(spikes, tau, threshold):
    return np.asarray(leaky_integrate_and_fire(spikes, tau, threshold)[0]) > 0.5
