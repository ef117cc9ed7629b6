import torch


def round_straight_through(delays, limit):
    with torch.no_grad():
        change = torch.minimum(torch.maximum(delays.round(), torch.tensor(-limit)), torch.tensor(limit)) - delays
    return delays.add(change)
