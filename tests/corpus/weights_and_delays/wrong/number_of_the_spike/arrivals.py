# slip: the number of the spike in the place of its sender
# named: counted_by_spikes
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for k, (t, s) in enumerate(zip(times, senders)):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t + delays[s, r] < duration:
                rows.append((t + delays[s, r], k, r))
    return np.array(sorted(rows))
