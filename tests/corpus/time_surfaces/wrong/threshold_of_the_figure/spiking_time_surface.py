# slip: the threshold is 0.1 whatever is asked for
# named: every_event_fires
def spiking_time_surface(spikes, tau, threshold):
    return leaky_integrate_and_fire(spikes, tau, 0.1)[0]
