# slip: in place of the current
# named: spike_drives_at_once
# earns: 2
import math
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    V = I = 0.0
    rows, steps = [], [int(s) for s in steps]
    for n in range(n_steps):
        old = I
        I = old * math.exp(-dt / tau_s) + weight * steps.count(n)
        V = V * math.exp(-dt / tau_m) + tau_s / (tau_m - tau_s) * I * (math.exp(-dt / tau_m) - math.exp(-dt / tau_s))
        rows.append([V, I])
    return rows
