# slip: one after the other
# earns: 1
# named: new_voltage_too_soon
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    rows, lv, li = [], 0.0, 0.0
    for p in list(push)[::-1]:
        lv += dt / tau_m * (p - lv); li += dt / tau_s * (lv - li)
        rows.append((lv, li))
    return rows[::-1]
