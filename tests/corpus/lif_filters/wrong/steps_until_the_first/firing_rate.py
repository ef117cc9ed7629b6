# slip: one over the steps until the first spike
# named: first_spike_of_steps
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    v, n = 0, 0
    while v < threshold:
        n += 1
        v = current * (1 - (1 - 1 / tau) ** n)
    return 1 / n
