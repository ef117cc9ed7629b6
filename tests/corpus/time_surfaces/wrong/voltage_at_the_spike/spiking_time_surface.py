# slip: the voltage stands where a spike should
# named: height_of_the_voltage
def spiking_time_surface(spikes, tau, threshold):
    v, rows = 0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + (i - v) / tau
        rows.append(np.where(v >= threshold, v, 0))
        v = np.where(v >= threshold, 0, v)
    return np.array(rows)
