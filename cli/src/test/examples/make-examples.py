"""Makes the files on which the command is tested and shown (PyTorch 2.13, safetensors 0.8.0):

    python3 make-examples.py

model.safetensors       a small transformer with tied embeddings, by safetensors' save_model
finetuned.safetensors   the same, changed in one weight, one shape, one type and one key
checkpoint.pt           the model, its optimizer and plain values, by torch.save
legacy.pt               the model in the form before PyTorch 1.6
types.safetensors       a tensor of each element type
diverged.safetensors    not a number and infinities among the weights
payload.pt              a state dict whose pickle would run a command in Python; nothing runs it here
sharded/                model.safetensors in two shards, with the index of the Hugging Face hub
bin/                    the same model as transformers wrote it before safetensors: two shards by torch.save, and an index
arrays.npz              a model of Keras by numpy.savez_compressed, and an array of texts
to-gpt.json             the names and layouts of GPT-2 for its parts: rules, written by hand

Beside them, by OpenSSL 3 and by the command itself:

    openssl genpkey -algorithm ed25519 -out example-private.pem
    openssl pkey -in example-private.pem -pubout -out example-public.pem
    statedict sign --key example-private.pem model.safetensors signed-model.safetensors
"""

import json
import os

import numpy
import torch
from safetensors.torch import save_file, save_model

LAYERS, WIDTH, TOKENS = 12, 8, 32


class Attention(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.query = torch.nn.Linear(WIDTH, WIDTH)
        self.value = torch.nn.Linear(WIDTH, WIDTH)


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.norm = torch.nn.LayerNorm(WIDTH)


class Transformer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(TOKENS, WIDTH)
        self.layers = torch.nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.head = torch.nn.Linear(WIDTH, TOKENS, bias=False)
        self.head.weight = self.embed.weight
        self.register_buffer("steps", torch.tensor(1200))


class Payload:
    def __reduce__(self):
        return os.system, ("echo executed",)


torch.manual_seed(0)
model = Transformer()
save_model(model, "model.safetensors", metadata={"format": "pt"})

state = {key: value.clone() for key, value in model.state_dict().items() if key != "head.weight"}
state["layers.3.attention.query.weight"][1, 2] += 0.5
state["layers.3.attention.query.weight"][4, 0] += 0.25
state["norm.weight"] = torch.ones(2 * WIDTH)
state["norm.bias"] = state["norm.bias"].to(torch.float16)
state["head.bias"] = torch.zeros(TOKENS)
del state["steps"]
save_file(state, "finetuned.safetensors", metadata={"format": "pt", "base": "model.safetensors"})

small = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
optimizer = torch.optim.SGD(small.parameters(), lr=0.125, momentum=0.5)
small(torch.ones(2, 3)).sum().backward()
optimizer.step()
checkpoint = {
    "model": small.state_dict(),
    "optimizer": optimizer.state_dict(),
    "epoch": 3,
    "loss": 0.25,
    "args": {"lr": 0.125, "name": "first try"},
}
torch.save(checkpoint, "checkpoint.pt")
torch.save(model.state_dict(), "legacy.pt", _use_new_zipfile_serialization=False)

types = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8"]
types += ["uint64", "uint32", "uint16", "uint8", "bool"]
save_file({name: torch.tensor([0, 1]).to(getattr(torch, name)) for name in types}, "types.safetensors")

weight = torch.linspace(-1, 1, 40).reshape(5, 8)
weight[0, 3], weight[2, 5], weight[4, 0] = float("nan"), float("inf"), float("-inf")
save_file({"weight": weight}, "diverged.safetensors")

torch.save({"weight": torch.ones(2), "payload": Payload()}, "payload.pt")

os.makedirs("sharded", exist_ok=True)
whole = {key: value.clone() for key, value in model.state_dict().items()}
first = {key: value for key, value in whole.items() if not key.startswith("layers.")}
second = {key: value for key, value in whole.items() if key.startswith("layers.")}
index = {"metadata": {"total_size": sum(v.numel() * v.element_size() for v in whole.values())}, "weight_map": {}}
for number, shard in enumerate([first, second], 1):
    name = f"model-{number:05}-of-00002.safetensors"
    save_file(shard, "sharded/" + name, metadata={"format": "pt"})
    index["weight_map"].update({key: name for key in shard})
with open("sharded/model.safetensors.index.json", "w") as file:
    json.dump(index, file, indent=2, sort_keys=True)

os.makedirs("bin", exist_ok=True)
tensors = list(model.state_dict().items())
shards = {
    "pytorch_model-00001-of-00002.bin": dict(tensors[:40]),
    "pytorch_model-00002-of-00002.bin": dict(tensors[40:]),
}
for name, shard in shards.items():
    torch.save({key: value.clone() for key, value in shard.items()}, f"bin/{name}")
with open("bin/pytorch_model.bin.index.json", "w") as index:
    total = sum(value.numel() * value.element_size() for _, value in tensors)
    weight_map = {key: name for name, shard in shards.items() for key in shard}
    json.dump({"metadata": {"total_size": total}, "weight_map": weight_map}, index, indent=2)
    index.write("\n")

random = numpy.random.default_rng(20)
numpy.savez_compressed(
    "arrays.npz",
    **{
        "dense/kernel": random.standard_normal((4, 3)).astype("f4"),
        "dense/bias": numpy.zeros(3, "f4"),
        "counts": numpy.asfortranarray(numpy.arange(6, dtype="i2").reshape(2, 3)),
        "names": numpy.array(["cat", "dog"]),
    },
)
