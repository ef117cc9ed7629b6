import heapq

def arrivals(times, senders, weights, delays, duration):
    waiting = []
    for k, s in enumerate(senders):
        for r in np.flatnonzero(weights[s]):
            heapq.heappush(waiting, (times[k] + delays[s, r], int(s), int(r)))
    out = []
    while waiting and waiting[0][0] < duration:
        out.append(heapq.heappop(waiting))
    return np.array(out, dtype=float)
