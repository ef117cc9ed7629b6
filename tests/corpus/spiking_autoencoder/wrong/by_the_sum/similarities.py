# slip: rates over their sum
import math


def cosine(a, b):
    lengths = math.sqrt(sum(x * x for x in a)) * math.sqrt(sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / lengths if lengths > 1e-9 else 0.0


def centred(a):
    mean = sum(a) / len(a)
    return [x - mean for x in a]


def similarities(rates, patterns):
    most = sum(rates)
    scaled = [rate / most if most > 0 else 0.0 for rate in rates]
    return [
        [sum(abs(x - y) for x, y in zip(scaled, pattern)) for pattern in patterns],
        [cosine(scaled, pattern) for pattern in patterns],
        [cosine(centred(scaled), centred(pattern)) for pattern in patterns],
    ]
