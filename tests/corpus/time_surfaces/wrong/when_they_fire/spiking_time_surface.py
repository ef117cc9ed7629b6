# slip: the places of the spikes
# named: spike_times
def spiking_time_surface(spikes, tau, threshold):
    return np.argwhere(leaky_integrate_and_fire(spikes, tau, threshold)[0] == 1)
