# slip: lambda_V + lambda_I
# named: both_added
def spike_time_gradient(lambdas, weight, steps):
    return np.array([weight * sum(lambdas[int(n)]) for n in steps])
