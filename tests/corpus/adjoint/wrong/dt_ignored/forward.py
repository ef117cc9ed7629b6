# slip: dt is taken for 1
import math
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    V = I = 0.0
    rows, steps = [], [int(s) for s in steps]
    for n in range(n_steps):
        old = I
        I = old * math.exp(-1 / tau_s) + weight * steps.count(n)
        V = V * math.exp(-1 / tau_m) + tau_s / (tau_m - tau_s) * old * (math.exp(-1 / tau_m) - math.exp(-1 / tau_s))
        rows.append([V, I])
    return rows
