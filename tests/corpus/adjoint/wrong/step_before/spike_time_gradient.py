# slip: one step earlier
# named: one_step_early
def spike_time_gradient(lambdas, weight, steps):
    V, I = np.take(np.asarray(lambdas), np.asarray(steps, dtype=int) - 1, axis=0).T
    return (V - I) * weight
