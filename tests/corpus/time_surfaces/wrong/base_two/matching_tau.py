# slip: log2
# named: other_logarithm
def matching_tau(tau):
    return -1 / np.log2(1 - 1 / tau)
