# slip: -1 for a neuron that never fires
# named: finite_for_never
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    b = tau_s / (tau_m - tau_s) * I
    a = V + b
    v = lambda t: a * math.exp(-t / tau_m) - b * math.exp(-t / tau_s)
    if I <= V or a <= 0 or I <= 0:
        return -1
    peak = math.log(b * tau_m / (a * tau_s)) / (1 / tau_s - 1 / tau_m)
    if v(peak) < threshold:
        return -1
    low, high = 0.0, peak
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if v(middle) < threshold else (low, middle)
    return high
