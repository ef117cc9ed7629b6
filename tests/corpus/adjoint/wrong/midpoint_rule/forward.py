# slip: midpoint rule
# earns: 2
# named: euler_voltage
import math
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    V = I = 0.0
    rows, steps = [], [int(s) for s in steps]
    for n in range(n_steps):
        old = I
        I = old * math.exp(-dt / tau_s) + weight * steps.count(n)
        V = V + dt / tau_m * (old - V)
        rows.append([V, I])
    return rows
