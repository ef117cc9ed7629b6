# slip: no gradient beyond the limit
import torch


def round_straight_through(delays, limit):
    inside = torch.clamp(delays, -limit, limit)
    return inside + (torch.round(inside) - inside).detach()
