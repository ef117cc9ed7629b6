# slip: the weight is left out
# named: no_weight
def spike_time_gradient(lambdas, weight, steps):
    V, I = np.take(np.asarray(lambdas), np.asarray(steps, dtype=int), axis=0).T
    return V - I
