import torch


def leaky_integrate_and_fire(input_data, tau, threshold):
    current = torch.as_tensor(np.asarray(input_data), dtype=torch.float32)
    v, both = torch.zeros(current.shape[1:]), []
    for i in current:
        v = v + (i - v) / tau
        z = v >= threshold
        v = torch.where(z, torch.zeros_like(v), v)
        both.append((z.float(), v))
    return [torch.stack(part) for part in zip(*both, strict=True)]
