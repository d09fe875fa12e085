"""Makes arithmetic.safetensors by PyTorch 2.13 on a processor with AVX2 or AVX-512, where lerp and add are fused.

python make-arithmetic.py
"""

import torch
from safetensors.torch import save_file
from torch.nn.utils import parameters_to_vector
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

assert torch.__version__.startswith("2.13"), torch.__version__
assert torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
torch.set_num_threads(1)
torch.manual_seed(19)
tensors = {}

start, end = torch.randn(257), torch.randn(257)
start[:4] = torch.tensor([0.0, -0.0, float("inf"), 1e38])
end[:4] = torch.tensor([-0.0, -0.0, float("inf"), -3e38])
tensors["start"], tensors["end"] = start, end
for weight in (0.0, 0.001, 1 - 0.999, 1 / 3, 0.49999999, 0.5, 0.9, 1.0, -0.2):
    tensors[f"lerp {weight}"] = start.clone().lerp_(end, weight)
for alpha in (1.0, -1.0, 0.3, -0.7):
    tensors[f"add {alpha}"] = start.clone().add_(end, alpha=alpha)
tensors["mul 0.1"] = start.clone().mul_(0.1)

model = torch.nn.Sequential(torch.nn.Linear(7, 5), torch.nn.BatchNorm1d(5))
ema = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.99))
swa = AveragedModel(model)
for update in range(5):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter))
        model(torch.randn(4, 7))
    ema.update_parameters(model)
    swa.update_parameters(model)
    for name, module in (("model", model), ("ema", ema), ("swa", swa)):
        for key, value in module.state_dict().items():
            tensors[f"{update}.{name}.{key}"] = value.clone()
tensors["vector"] = parameters_to_vector(model.parameters()).detach()

save_file(tensors, "arithmetic.safetensors")
