def arrivals(times, senders, weights, delays, duration):
    def each():
        for t, s in zip(times.tolist(), senders.tolist()):
            for r, w in enumerate(weights[s]):
                if w:
                    yield t + delays[s, r], s, r
    return np.array(sorted(one for one in each() if one[0] < duration))
