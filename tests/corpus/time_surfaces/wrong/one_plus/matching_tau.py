# slip: 1 + 1/tau
# named: plus_inside
def matching_tau(tau):
    return 1 / np.log1p(1 / tau)
