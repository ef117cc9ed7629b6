import torch


def return_matrix(n_x, n_y, p):
    return torch.full((n_x, n_x), n_y * p * p).fill_diagonal_(n_y * p)
