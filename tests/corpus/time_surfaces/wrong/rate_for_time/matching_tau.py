# slip: one over what was asked for
# named: upside_down
def matching_tau(tau):
    return np.log(tau / (tau - 1))
