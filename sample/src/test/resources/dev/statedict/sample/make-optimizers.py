"""Makes optimizers.safetensors: what PyTorch's optimizers do to two parameters in 20 steps.

    python3 make-optimizers.py

Needs torch, numpy and safetensors (made with torch 2.13.0 on a CPU with AVX-512, where multiply and add are fused). The gradients
are given, so that nothing but the optimizer counts. Key by key: "initial.i"; "gradient.STEP.i"; and for each of the RUNS,
after each tenth step, "NAME.STEP.i" with the parameter, and "NAME.STEP.STATE.i" with what the optimizer remembers. "cosine"
holds the learning rates of CosineAnnealingLR over 20 epochs from 0.5.

PyTorch takes square roots by MKL here, which rounds some of them wrongly by one unit in the last place (119 of 640 random
ones), against IEEE 754 and by the machine. "adam" and "adam-decay" are PyTorch with square roots rounded right, and
"adam-mkl" is as it comes.
"""

from pathlib import Path

import numpy
import torch
from safetensors.torch import save_file

SHAPES = [(10, 64), (10,)]
STEPS = 20
RUNS = {
    "plain": lambda p: torch.optim.SGD(p, lr=0.5),
    "decay": lambda p: torch.optim.SGD(p, lr=0.5, weight_decay=0.003),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.003),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-decay": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.003),
    "adam-mkl": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.003),
}

torch.manual_seed(0)
torch.set_num_threads(1)
initial = [torch.randn(shape) for shape in SHAPES]
gradients = [[torch.randn(shape) * 0.1 for shape in SHAPES] for _ in range(STEPS)]

tensors = {f"initial.{i}": tensor for i, tensor in enumerate(initial)}
for step, of_step in enumerate(gradients, 1):
    tensors.update({f"gradient.{step}.{i}": tensor for i, tensor in enumerate(of_step)})
sqrt = torch.Tensor.sqrt
for name, make in RUNS.items():
    torch.Tensor.sqrt = sqrt if name == "adam-mkl" else lambda tensor: torch.from_numpy(numpy.sqrt(tensor.numpy()))
    parameters = [tensor.clone().requires_grad_() for tensor in initial]
    optimizer = make(parameters)
    for step, of_step in enumerate(gradients, 1):
        for parameter, gradient in zip(parameters, of_step):
            parameter.grad = gradient.clone()
        optimizer.step()
        if step % 10 == 0:
            for i, parameter in enumerate(parameters):
                tensors[f"{name}.{step}.{i}"] = parameter.detach().clone()
                for key, value in optimizer.state[parameter].items():
                    if value is not None and key != "step":
                        tensors[f"{name}.{step}.{key}.{i}"] = value.clone()

optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=20)
rates = []
for _ in range(20):
    rates.append(schedule.get_last_lr()[0])
    optimizer.step()
    schedule.step()
tensors["cosine"] = torch.tensor(rates, dtype=torch.float32)

save_file(tensors, Path(__file__).parent / "optimizers.safetensors")
