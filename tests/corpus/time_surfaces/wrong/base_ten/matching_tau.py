# slip: log10
# named: other_logarithm
def matching_tau(tau):
    return 1 / (np.log10(tau) - np.log10(tau - 1))
