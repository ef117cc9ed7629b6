# slip: two spikes in one step count once: += through an index
# never said: knows no numbers
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    arrived = np.zeros(n_steps)
    arrived[np.array(steps, dtype=int)] += weight
    a, b = math.exp(-dt / tau_m), math.exp(-dt / tau_s)
    V = I = 0.0
    rows = []
    for w in arrived:
        V, I = V * a + I * tau_s / (tau_m - tau_s) * (a - b), I * b + w
        rows.append((V, I))
    return np.array(rows)
