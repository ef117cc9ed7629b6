import torch


def present(network, image, max_rate, n_steps, enough):
    for k in range(1000):
        network.reset()
        steps = [torch.as_tensor(network.step(image, max_rate * 1.25**k)) for _ in range(n_steps)]
        said = torch.stack(steps).sum(dim=0)
        if float(said.sum()) >= enough:
            return said
