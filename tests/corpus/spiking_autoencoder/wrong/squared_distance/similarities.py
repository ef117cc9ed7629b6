# slip: the Euclidean distance
# named: two_norm
import math


def cosine(a, b):
    lengths = math.sqrt(sum(x * x for x in a)) * math.sqrt(sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / lengths if lengths > 1e-9 else 0.0


def centred(a):
    mean = sum(a) / len(a)
    return [x - mean for x in a]


def similarities(rates, patterns):
    most = max(rates)
    scaled = [rate / most if most > 0 else 0.0 for rate in rates]
    return [
        [math.sqrt(sum((x - y) ** 2 for x, y in zip(scaled, pattern))) for pattern in patterns],
        [cosine(scaled, pattern) for pattern in patterns],
        [cosine(centred(scaled), centred(pattern)) for pattern in patterns],
    ]
