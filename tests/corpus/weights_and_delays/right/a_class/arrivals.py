class Axons:
    def __init__(self, weights, delays):
        self.targets = [[(r, delays[s, r]) for r in range(weights.shape[1]) if weights[s, r]] for s in range(len(weights))]

    def send(self, t, s):
        return [(t + d, s, r) for r, d in self.targets[s]]

def arrivals(times, senders, weights, delays, duration):
    axons = Axons(weights, delays)
    rows = sum((axons.send(t, s) for t, s in zip(times, senders)), [])
    return np.array(sorted(row for row in rows if row[0] < duration))
