# slip: each event lifts the voltage by 1, and a threshold of 0.1 is written in
# never said: Each event is passed on as a spike
def spiking_time_surface(spikes, tau, threshold):
    spikes = np.array(spikes, dtype=float)
    v, fired = np.zeros(spikes.shape[1]), np.zeros_like(spikes)
    for t in range(len(spikes)):
        v = v * (1 - 1 / tau) + spikes[t]
        fired[t] = v > 0.1
        v[v > 0.1] = 0
    return fired
