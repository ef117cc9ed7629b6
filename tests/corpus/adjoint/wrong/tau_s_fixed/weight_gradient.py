# slip: tau_s fixed
# named: tau_s_typed_in
# earns: 3
def weight_gradient(l, s, tau_s=5.0):
    return -5.0 * np.asarray(s).T @ np.asarray(l)
