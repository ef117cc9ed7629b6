import torch


def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    chance = torch.as_tensor(values, dtype=torch.float64) / max_value * max_rate * dt
    return torch.as_tensor(rng.random(tuple(chance.shape))).lt(chance).double().div(dt).numpy()
