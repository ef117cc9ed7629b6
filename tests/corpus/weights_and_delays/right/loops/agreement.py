import math

def agreement(first, second):
    out = []
    for a, b in zip(zip(*first), zip(*second)):
        na, nb = math.hypot(*a), math.hypot(*b)
        out.append(sum((x / na) * (y / nb) for x, y in zip(a, b)) if na and nb else 0.0)
    return out
