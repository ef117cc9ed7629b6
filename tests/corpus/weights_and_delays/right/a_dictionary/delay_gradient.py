from collections import defaultdict

def delay_gradient(arrived, weights, lambdas):
    felt = defaultdict(float)
    for (_, s, r), (v, i) in zip(arrived, lambdas):
        felt[int(s), int(r)] += v - i
    result = np.zeros_like(weights)
    for place, total in felt.items():
        result[place] = weights[place] * total
    return result
