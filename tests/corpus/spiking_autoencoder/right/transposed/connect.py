def connect(source, target, weights):
    turned = np.transpose(weights)
    i, j = np.where(turned != 0)
    s = b2.Synapses(source, target, model="w : 1", on_pre="v_post += w * mV")
    s.connect(i=i, j=j)
    s.w = turned[i, j]
    return s
