def spike_time_gradient(l, w, s):
    return w * (l[s, 0] - l[s, 1])
