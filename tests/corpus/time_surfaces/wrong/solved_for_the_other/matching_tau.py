# slip: the leaky tau that matches an exponential one
# named: other_way_round
def matching_tau(tau):
    return 1 / -np.expm1(-1 / tau)
