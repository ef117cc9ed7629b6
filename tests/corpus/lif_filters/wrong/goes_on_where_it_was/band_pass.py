# slip: the voltages are kept from call to call
# not named:
kept = [0.0, 0.0]


def band_pass(signal, low, high):
    out = []
    for i in signal:
        kept[0] += (i - kept[0]) * 2 * np.pi * high
        kept[1] += (i - kept[1]) * 2 * np.pi * low
        out.append(kept[0] - kept[1])
    return out
