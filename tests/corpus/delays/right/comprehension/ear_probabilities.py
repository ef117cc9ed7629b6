import math


def ear_probabilities(angle, phase, hertz, steps):
    turn = lambda k: 2 * math.pi * (hertz * k / 1000 + phase)
    chance = lambda x: 0.6 * ((1 + math.sin(x)) / 2) ** 10
    return [[chance(turn(k)), chance(turn(k) + math.radians(angle))] for k in range(steps)]
