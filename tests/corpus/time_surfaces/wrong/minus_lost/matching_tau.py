# slip: no minus
# named: negative
def matching_tau(tau):
    return 1 / np.log(1 - 1 / tau)
