def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    a, b = np.float32(np.exp(-dt / tau_m)), np.float32(np.exp(-dt / tau_s))
    c = np.float32(tau_s / (tau_m - tau_s)) * (a - b)
    out = np.zeros((n_steps, 2), dtype=np.float32)
    heard = np.zeros(n_steps, dtype=np.float32)
    np.add.at(heard, np.asarray(steps, dtype=int), np.float32(weight))
    out[0, 1] = heard[0]
    for n in range(1, n_steps):
        out[n, 0] = a * out[n - 1, 0] + c * out[n - 1, 1]
        out[n, 1] = b * out[n - 1, 1] + heard[n]
    return out
