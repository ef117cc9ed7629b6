from itertools import accumulate


def leaky_integrate_and_fire(input_data, tau, threshold):
    x = np.asarray(input_data, dtype=float)

    def step(state, i):
        v = state[1] + (i - state[1]) / tau
        z = (v >= threshold) * 1.0
        return z, v - z * v

    states = list(accumulate(x, step, initial=(0 * x[0], 0 * x[0])))[1:]
    return [z for z, _ in states], [v for _, v in states]
