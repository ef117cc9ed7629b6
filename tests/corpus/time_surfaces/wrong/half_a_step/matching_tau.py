# slip: half a step less
# named: half_a_step_less
def matching_tau(tau):
    return tau - 1 / 2
