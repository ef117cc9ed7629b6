# slip: the factor before the exponentials is tau_s / tau_m
# named: factor_missing
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    V = I = 0.0
    rows = []
    for n in range(n_steps):
        V = V * np.exp(-dt / tau_m) + tau_s / tau_m * I * (np.exp(-dt / tau_m) - np.exp(-dt / tau_s))
        I = I * np.exp(-dt / tau_s) + weight * np.sum(np.asarray(steps) == n)
        rows.append([V, I])
    return np.array(rows)
