# slip: a spike on the edge goes into the bin before
# named: end_belongs_to_the_bin
def spike_rates(times, neurons, n_neurons, duration, width):
    counts = np.zeros((round(duration / width), n_neurons))
    for t, n in zip(times, neurons):
        counts[max(math.ceil(t / width) - 1, 0), n] += 1
    return 1000 * counts / width


import math
