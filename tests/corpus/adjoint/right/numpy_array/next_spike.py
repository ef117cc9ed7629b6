def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    c = I / (tau_m / tau_s - 1)
    if V >= I or V + c <= 0:
        return np.array(np.inf)
    V_at = lambda t: V * np.exp(-t / tau_m) + c * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
    top = np.log(c * tau_m / ((V + c) * tau_s)) * tau_m * tau_s / (tau_m - tau_s)
    low, high = np.float64(0), top
    while V_at(top) >= threshold and high - low > 1e-12:
        low, high = np.where(V_at((low + high) / 2) < threshold, ((low + high) / 2, high), (low, (low + high) / 2))
    return np.array(high if V_at(top) >= threshold else np.inf)
