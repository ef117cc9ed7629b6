import torch


def similarities(rates, patterns):
    r = torch.as_tensor(np.array(rates, dtype=float))
    p = torch.as_tensor(np.array(patterns, dtype=float))
    r = r / r.max() if r.max() > 0 else r * 0
    cosine = torch.nn.functional.cosine_similarity
    return torch.stack([(r - p).abs().sum(1), cosine(r[None], p), cosine((r - r.mean())[None], p - p.mean(1, keepdim=True))])
