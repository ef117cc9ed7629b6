def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    b = I * tau_s / (tau_m - tau_s)
    a = V + b
    v = lambda t: a * np.exp(-t / tau_m) - b * np.exp(-t / tau_s)
    slope = lambda t: -a / tau_m * np.exp(-t / tau_m) + b / tau_s * np.exp(-t / tau_s)
    if not (I > 0 and I > V and a > 0):
        return float("inf")
    peak = np.log(b * tau_m / (a * tau_s)) / (1 / tau_s - 1 / tau_m)
    if v(peak) < threshold:
        return float("inf")
    t = 0.0
    for _ in range(60):  # the voltage bends down all the way to the peak: from below it never goes too far
        step = (threshold - v(t)) / slope(t) if slope(t) > 1e-12 else 0.0
        t = t + step if 0 <= t + step <= peak else (t + peak) / 2
    return t
