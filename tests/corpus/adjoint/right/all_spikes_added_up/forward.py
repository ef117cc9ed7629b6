def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    t = dt * np.arange(n_steps)
    V, I = np.zeros(n_steps), np.zeros(n_steps)
    for s in steps:
        since = t - dt * s
        on = since >= 0
        V[on] += weight * tau_s / (tau_m - tau_s) * (np.exp(-since[on] / tau_m) - np.exp(-since[on] / tau_s))
        I[on] += weight * np.exp(-since[on] / tau_s)
    return np.column_stack([V, I])
