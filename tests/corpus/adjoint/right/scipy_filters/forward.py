from scipy.signal import lfilter


def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    arrived = np.zeros(n_steps)
    for s in steps:
        arrived[int(s)] += weight
    a, b = np.exp(-dt / tau_m), np.exp(-dt / tau_s)
    I = lfilter([1], [1, -b], arrived)
    V = lfilter([0, tau_s / (tau_m - tau_s) * (a - b)], [1, -a], I)
    return np.stack([V, I], axis=1)
