def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    def state(t):
        i = I * np.exp(-t / tau_s)
        return V * np.exp(-t / tau_m) + tau_s / (tau_m - tau_s) * I * (np.exp(-t / tau_m) - np.exp(-t / tau_s)), i
    if I <= V:
        return np.inf
    low, high = 0.0, 500.0
    for _ in range(100):
        mid = (low + high) / 2
        v, i = state(mid)
        low, high = (mid, high) if i > v else (low, mid)
    if state(low)[0] < threshold:
        return np.inf
    low, high = 0.0, low
    for _ in range(100):
        mid = (low + high) / 2
        low, high = (mid, high) if state(mid)[0] < threshold else (low, mid)
    return high
