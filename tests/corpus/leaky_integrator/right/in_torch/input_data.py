import torch
input_data = torch.ones(1000)
