def matching_tau(tau):
    return 1 / (np.log(tau) - np.log(tau - 1))
