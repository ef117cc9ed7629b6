# slip: only lambda_I
def spike_time_gradient(lambdas, weight, steps):
    V, I = np.take(np.asarray(lambdas), np.asarray(steps, dtype=int), axis=0).T
    return I * weight
