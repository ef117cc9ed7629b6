# slip: the second ear is behind
# named: second_ear_behind
import math


def ear_probabilities(angle, phase, hertz, steps):
    rows = []
    for step in range(steps):
        x = 2 * math.pi * (hertz * step * 0.001 + phase)
        rows.append([0.6 * ((1 + math.sin(y)) / 2) ** 10 for y in (x, x - math.radians(angle))])
    return rows
