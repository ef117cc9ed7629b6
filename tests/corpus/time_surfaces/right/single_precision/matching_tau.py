def matching_tau(tau):
    return np.float32(1) / np.log(np.float32(tau / (tau - 1)))
