def matching_tau(tau):
    return -1 / np.log1p(-1 / tau)
