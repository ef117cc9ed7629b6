# slip: the result is cast to int, and has no gradient
# never said: torch finds slope 0
import torch


def round_straight_through(delays, limit):
    return torch.clamp(delays, -limit, limit).round().int()
