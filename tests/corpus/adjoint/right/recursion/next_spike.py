def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    k = tau_s / (tau_m - tau_s)

    def at(t):
        return (V + k * I) * math.exp(-t / tau_m) - k * I * math.exp(-t / tau_s)

    if I <= max(V, 0) or V + k * I <= 0:
        return math.inf
    peak = tau_m * tau_s / (tau_m - tau_s) * math.log(k * I * tau_m / (tau_s * (V + k * I)))
    if at(peak) < threshold:
        return math.inf

    def between(low, high, left):
        middle = (low + high) / 2
        if not left:
            return middle
        return between(middle, high, left - 1) if at(middle) < threshold else between(low, middle, left - 1)

    return between(0.0, peak, 60)
