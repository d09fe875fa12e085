"""Loads the files that the module of Net.java saved into the module that a user of PyTorch would write for them, strictly;
prints what it then holds into printed.txt, and saves it in both formats, for AdoptedInPytorchTest to read. Run in this
directory, with PyTorch 2.13 and safetensors.
"""

import torch
from safetensors.torch import load_file, save_file
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros((), dtype=torch.float64))
        self.register_buffer("mask", torch.zeros(2, 3, dtype=torch.bool))
        self.register_buffer("ids", torch.zeros(3, dtype=torch.int32))
        self.embedding = nn.Embedding(5, 2)
        self.convolution = nn.Conv2d(1, 2, 3, dtype=torch.float64)
        self.normalization = nn.BatchNorm2d(2)
        self.layers = nn.Sequential(
            nn.Linear(4, 3, dtype=torch.float64), nn.Identity(), nn.Linear(3, 2, dtype=torch.float64)
        )
        self.towers = nn.ParameterList([torch.zeros(size, size, dtype=torch.float64) for size in (1, 2)])


for name, load in (
    ("adopted.pt", lambda path: torch.load(path, weights_only=True)),
    ("adopted.safetensors", load_file),
):
    net = Net()
    print(name, net.load_state_dict(load(name)))
    state = net.state_dict()
    with open("printed.txt", "w") as printed:
        for key, tensor in state.items():
            print(key, tensor, file=printed)
torch.save(state, "by-pytorch.pt")
save_file(state, "by-pytorch.safetensors")
