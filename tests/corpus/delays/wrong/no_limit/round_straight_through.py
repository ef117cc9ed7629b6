# slip: the limit is forgotten
import torch


def round_straight_through(delays, limit):
    return delays + (torch.round(delays) - delays).detach()
