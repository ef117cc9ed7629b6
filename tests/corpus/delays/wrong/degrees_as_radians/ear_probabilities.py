# slip: the angle is taken for radians
# named: degrees_as_radians
import math


def ear_probabilities(angle, phase, hertz, steps):
    rows = []
    for step in range(steps):
        x = 2 * math.pi * (hertz * step * 0.001 + phase)
        rows.append([0.6 * ((1 + math.sin(y)) / 2) ** 10 for y in (x, x + angle)])
    return rows
