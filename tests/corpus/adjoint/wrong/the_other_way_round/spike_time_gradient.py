# slip: the other way round
# earns: 0
# named: sign
def spike_time_gradient(l, w, s):
    l, s = np.asarray(l), np.asarray(s)
    return w * (l[s, 1] - l[s, 0])
