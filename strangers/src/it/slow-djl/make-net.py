"""Trains a small network, saves its state as net.pt, and prints what it makes of two inputs."""

import torch
from torch import nn

torch.manual_seed(2013)
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(20):
    x = torch.randn(32, 4)
    loss = nn.functional.cross_entropy(net(x), (x.sum(1) > 0).long())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
torch.save(net.state_dict(), "net.pt")

net.eval()
with torch.no_grad():
    print(net(torch.tensor([[1, 2, 3, 4], [-1, 0.5, 0, 2]])))
