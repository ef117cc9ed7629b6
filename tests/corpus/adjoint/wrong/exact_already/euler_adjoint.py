# slip: exact already
# named: exponential_step
# earns: 0
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    am, as_ = np.exp(-dt / tau_m), np.exp(-dt / tau_s)
    c = tau_m / (tau_m - tau_s) * (am - as_)
    lv = li = 0.0
    rows = []
    for p in reversed(list(push)):
        li = p + (li - p) * as_ + (lv - p) * c
        lv = p + (lv - p) * am
        rows.insert(0, [lv, li])
    return rows
