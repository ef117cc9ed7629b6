# slip: 9.49 for 10, and so on
# named: the_example_scaled
def matching_tau(tau):
    return 9.49 * tau / 10
