def spike_time_gradient(lambdas, weight, steps):
    return [weight * (lambdas[int(s)][0] - lambdas[int(s)][1]) for s in steps]
