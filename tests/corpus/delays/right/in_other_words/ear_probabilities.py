import math


def ear_probabilities(angle, phase, hertz, steps):
    def p(cycles):
        return 0.6 * math.cos(math.pi * (cycles - 0.25)) ** 20
    return [(p(hertz * t / 1000 + phase), p(hertz * t / 1000 + phase + angle / 360)) for t in range(steps)]
