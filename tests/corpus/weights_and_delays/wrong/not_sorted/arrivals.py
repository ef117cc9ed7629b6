# slip: in the order of the spikes
# named: order_of_the_spikes
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t + delays[s, r] < duration:
                rows.append((t + delays[s, r], s, r))
    return np.array(rows)
