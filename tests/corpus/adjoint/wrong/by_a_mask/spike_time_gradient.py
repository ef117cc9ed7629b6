# slip: a mask of the steps: their order and a step that comes twice are lost
# never said: changes sign with the weight
def spike_time_gradient(lambdas, weight, steps):
    lambdas = np.asarray(lambdas)
    heard = np.zeros(len(lambdas), dtype=bool)
    heard[np.asarray(steps)] = True
    return weight * (lambdas[heard, 0] - lambdas[heard, 1])
