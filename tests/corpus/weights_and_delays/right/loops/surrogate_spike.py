import math

def surrogate_spike(voltage, threshold, steepness):
    spikes, slopes = [], []
    for v in voltage:
        x = abs(steepness * (v - threshold))
        e = math.exp(-x)
        spikes.append(1.0 if v >= threshold else 0.0)
        slopes.append(steepness * e / (1 + e) ** 2)
    return spikes, slopes
