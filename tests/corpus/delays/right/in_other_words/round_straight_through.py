def round_straight_through(delays, limit):
    import torch
    class Whole(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(-limit, limit).round()
        @staticmethod
        def backward(ctx, g):
            return g
    return Whole.apply(delays)
