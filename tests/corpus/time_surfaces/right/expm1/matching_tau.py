def matching_tau(tau):
    kept = np.float32(1) - 1 / tau
    return float(1 / np.log(1 / kept))
