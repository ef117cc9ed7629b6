def spike_time_gradient(lambdas, weight, steps):
    return weight * -np.diff(np.asarray(lambdas, dtype=float), axis=1)[np.asarray(steps, dtype=int), 0]
