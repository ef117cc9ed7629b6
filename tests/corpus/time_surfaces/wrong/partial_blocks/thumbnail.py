# slip: what is left over gets a pixel too
# named: rest_kept
def thumbnail(spikes, steps, channels):
    x = np.array(spikes, dtype=float)
    rows = []
    for c in range(0, x.shape[1], channels):
        rows.append([np.mean(x[n : n + steps, c : c + channels]) for n in range(0, len(x), steps)])
    return np.array(rows)
