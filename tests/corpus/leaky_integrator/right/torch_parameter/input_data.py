import torch
input_data = torch.ones(1000, requires_grad=True)
