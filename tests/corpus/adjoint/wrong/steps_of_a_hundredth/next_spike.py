# slip: steps of a hundredth
# named: stepped
# earns: 1
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    t = np.arange(1, 30_000) * 0.01
    v = V * np.exp(-t / tau_m) + tau_s / (tau_m - tau_s) * I * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
    over = np.flatnonzero(v >= threshold)
    return t[over[0]] if len(over) else np.inf
