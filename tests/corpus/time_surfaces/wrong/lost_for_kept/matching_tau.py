# slip: the logarithm of 1/tau
# named: logarithm_of_tau
def matching_tau(tau):
    return 1 / np.log(tau)
