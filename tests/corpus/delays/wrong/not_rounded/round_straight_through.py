# slip: it is not rounded
# named: not_rounded
import torch


def round_straight_through(delays, limit):
    return delays + (torch.clamp(delays, min=-limit, max=limit) - delays).detach()
