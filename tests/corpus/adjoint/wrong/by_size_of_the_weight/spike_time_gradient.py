# slip: by size of the weight
# earns: 4
# named: size_of_the_weight
def spike_time_gradient(l, w, s):
    l, s = np.asarray(l), np.asarray(s)
    return abs(w) * (l[s, 0] - l[s, 1])
