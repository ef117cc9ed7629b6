def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    k = tau_s / (tau_m - tau_s)
    fast, slow = k * I, V + k * I
    if slow <= 0 or I <= V:
        return np.float32(np.inf)
    peak = np.log(fast * tau_m / (slow * tau_s)) / (1 / tau_s - 1 / tau_m)
    low, high = 0.0, peak
    for _ in range(12):
        t = np.linspace(low, high, 101)
        there = np.flatnonzero(slow * np.exp(-t / tau_m) - fast * np.exp(-t / tau_s) >= threshold)
        if not len(there):
            return np.float32(np.inf)
        low, high = t[max(there[0] - 1, 0)], t[there[0]]
    return np.float32(high)
