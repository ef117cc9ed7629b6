# slip: each spike adds 1
# named: weight_missing
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    am, as_ = math.exp(-dt / tau_m), math.exp(-dt / tau_s)
    out = np.zeros((n_steps, 2))
    I = V = 0
    for n in range(n_steps):
        I, V = I * as_ + list(steps).count(n), V * am + I * tau_s / (tau_m - tau_s) * (am - as_)
        out[n] = V, I
    return out
