import math


def firing_rate(current, tau, threshold):
    try:
        return max(0.0, -1 / (tau * math.log1p(-threshold / current))) if current > 0 else 0.0
    except (ValueError, ZeroDivisionError):
        return 0.0
