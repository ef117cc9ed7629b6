# slip: tau times the logarithm
# named: tau_times_logarithm
def matching_tau(tau):
    return tau * np.log(tau / (tau - 1))
