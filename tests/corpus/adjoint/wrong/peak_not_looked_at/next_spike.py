# slip: where the peak is too low, its time comes back all the same
# never said: This is when the voltage is highest
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    k = tau_s / (tau_m - tau_s)

    def voltage(t):
        return (V + k * I) * math.exp(-t / tau_m) - k * I * math.exp(-t / tau_s)

    if I <= V or V + k * I <= 0:
        return math.inf
    low, high = 0.0, tau_m * tau_s / (tau_m - tau_s) * math.log(k * I * tau_m / ((V + k * I) * tau_s))
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if voltage(middle) < threshold else (low, middle)
    return high
