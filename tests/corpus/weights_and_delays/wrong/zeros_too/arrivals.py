# slip: a weight of 0 is taken for a synapse
# named: all_synapses
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if t + delays[s, r] < duration:
                rows.append((t + delays[s, r], s, r))
    return np.array(sorted(rows))
