def spike_time_gradient(lambdas, weight, steps):
    return np.einsum("kc,c->k", np.asarray(lambdas)[np.asarray(steps, dtype=int)], [weight, -weight])
