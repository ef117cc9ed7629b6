def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    from collections import Counter

    spikes = Counter(int(s) for s in steps)

    def run():
        V = I = 0.0
        for n in range(n_steps):
            V = V * math.exp(-dt / tau_m) + tau_s / (tau_m - tau_s) * I * (
                math.exp(-dt / tau_m) - math.exp(-dt / tau_s)
            )
            I = I * math.exp(-dt / tau_s) + weight * spikes[n]
            yield V, I

    return np.array(list(run()))
