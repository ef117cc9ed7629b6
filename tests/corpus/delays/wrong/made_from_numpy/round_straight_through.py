# slip: the result is made from numpy, and has no gradient
# never said: torch finds slope 0
import torch


def round_straight_through(delays, limit):
    return torch.tensor(np.clip(np.round(delays.detach().numpy()), -limit, limit))
