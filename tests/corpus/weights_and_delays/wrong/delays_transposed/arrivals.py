# slip: the delay of another synapse
# not named:
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t + delays[(s + 1) % 2, r] < duration:
                rows.append((t + delays[(s + 1) % 2, r], s, r))
    return np.array(sorted(rows))
