# slip: tau_s fixed
# earns: 3
# not named:
def weight_gradient(l, s, tau_s=5.0):
    return -5.0 * np.asarray(s).T @ np.asarray(l)
