from functools import reduce

import torch


def learn_feedback(feedback, x, y, rate):
    x, y = (torch.as_tensor(np.array(one), dtype=torch.float64) for one in (x, y))
    start = torch.tensor(np.array(feedback), dtype=torch.float64)
    return reduce(lambda f, both: torch.addr(f, both[0] - f.mv(both[1]), both[1], alpha=rate), zip(x, y), start)
