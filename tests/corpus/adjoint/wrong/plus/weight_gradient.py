# slip: plus
# earns: 0
# named: sign
def weight_gradient(l, s, tau_s=5.0):
    return tau_s * np.asarray(s).T @ np.asarray(l)
