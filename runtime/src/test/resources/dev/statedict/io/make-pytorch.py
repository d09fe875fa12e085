"""Makes the PyTorch fixtures of the io tests. Run once with PyTorch 1.13 and once with 2.13:

    python3 make-pytorch.py

tensors-VERSION.pt      every element type, views, ties, a parameter, 0-d and empty tensors
legacy-VERSION.pt       the same in the form before PyTorch 1.6
checkpoint-VERSION.pt   a model, its optimizer, and plain values of all kinds
exact.pt                (2.13 alone) exact.safetensors, saved by PyTorch
big-endian.pt           (2.13 alone) tensors-2.13.pt as a big-endian machine would have written it: PyTorch loads it
"""

import collections
import io
import struct
import zipfile

import torch

VERSION = ".".join(torch.__version__.split(".")[:2])
MODERN = not VERSION.startswith("1.")
if MODERN:
    import safetensors.torch


def tensors():
    shared = torch.arange(12.0).reshape(3, 4)
    storage = torch.arange(100.0)
    state = collections.OrderedDict()
    state["encoder.weight"] = shared
    state["decoder.weight"] = shared
    state["transposed"] = torch.arange(6.0).reshape(2, 3).t()
    state["row"] = shared[1]
    state["slice"] = storage[10:12]
    state["far"] = storage[50:52]
    state["expanded"] = torch.tensor([7.0]).expand(2, 3)
    state["scalar"] = torch.tensor(-1.5)
    state["empty"] = torch.zeros(0, 3)
    state["parameter"] = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    state["f64"] = torch.tensor([0.5, float("inf")], dtype=torch.float64)
    state["f16"] = torch.tensor([0.5, 65504.0], dtype=torch.float16)
    state["bf16"] = torch.tensor([1.0, -(2.0**127)], dtype=torch.bfloat16)
    state["i64"] = torch.tensor([2**24, -(2**62)])
    state["i32"] = torch.tensor([-1], dtype=torch.int32)
    state["i16"] = torch.tensor([-32768], dtype=torch.int16)
    state["i8"] = torch.tensor([-128, 127], dtype=torch.int8)
    state["u8"] = torch.tensor([255], dtype=torch.uint8)
    state["bool"] = torch.tensor([True, False])
    if MODERN:
        state["u16"] = torch.tensor([65535], dtype=torch.uint16)
        state["u32"] = torch.tensor([2**31], dtype=torch.uint32)
        state["u64"] = torch.tensor([2**62], dtype=torch.uint64)
        marked = torch.nn.Parameter(torch.tensor([3.0]))
        marked.note = "a parameter with an attribute"
        state["marked"] = marked
        noted = torch.tensor([4.0])
        noted.note = "a tensor with an attribute"
        state["noted"] = noted
    return state


class Counting(torch.nn.Linear):
    def get_extra_state(self):
        return {"vocabulary": "a b"}

    def set_extra_state(self, state):
        pass


def checkpoint():
    torch.manual_seed(0)
    model = torch.nn.Sequential()
    model.add_module("fc", Counting(2, 1))
    model.add_module("norm", torch.nn.BatchNorm1d(1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(0.5)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.125)
    model(torch.ones(4, 2)).sum().backward()
    optimizer.step()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(0.25)
    return {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "epoch": 3,
        "loss": 0.25,
        "best": None,
        "name": "r\u00e9sum\u00e9 \U0001f600",
        "done": True,
        "large": 2**70,
        "negative": -(2**40),
        "bytes": b"\x00\xff",
        "args": {"lr": 0.125, "betas": (0.9, 0.999), "nested": {}},
        "device": torch.device("cuda:1"),
        "dtype": torch.float16,
        "size": torch.Size([2, 3]),
        "history": [torch.tensor(1.0), torch.tensor(2.0)],
        "milestones": collections.Counter([5, 5, 7]),
        "seen": {1},
        7: "seven",
        "parameters": collections.OrderedDict(model.named_parameters()),
    }


def as_big_endian(data):
    """Swaps the bytes of each element of every storage, and says so."""
    sizes = {}

    class Reader(torch.serialization.pickle.Unpickler):
        def persistent_load(self, pid):
            kind = pid[1].__name__
            width = {"Double": 8, "Long": 8, "Float": 4, "Int": 4, "Half": 2, "BFloat16": 2, "Short": 2}
            sizes[pid[2]] = width.get(kind.replace("Storage", ""), 1)
            return torch.storage.TypedStorage(pid[4], dtype=torch.uint8)

        def find_class(self, module, name):
            if name.startswith("_rebuild"):
                return lambda *arguments: None
            if name.endswith("Storage"):
                return type(name, (), {})
            return super().find_class(module, name)

    source = zipfile.ZipFile(io.BytesIO(data))
    folder = next(name for name in source.namelist() if name.endswith("/data.pkl"))[: -len("data.pkl")]
    Reader(io.BytesIO(source.read(folder + "data.pkl"))).load()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("/byteorder"):
                content = b"big"
            elif name.startswith(folder + "data/"):
                width = sizes[name[len(folder + "data/") :]]
                content = b"".join(content[i : i + width][::-1] for i in range(0, len(content), width))
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


torch.save(tensors(), f"tensors-{VERSION}.pt")
torch.save(tensors(), f"legacy-{VERSION}.pt", _use_new_zipfile_serialization=False)
torch.save(checkpoint(), f"checkpoint-{VERSION}.pt")
if MODERN:
    torch.save(safetensors.torch.load_file("exact.safetensors"), "exact.pt")
    # unsigned types of more than a byte have untyped storages, whose bytes PyTorch would not know how to swap
    plain = {key: value for key, value in tensors().items() if key not in ("u16", "u32", "u64")}
    stream = io.BytesIO()
    torch.save(plain, stream)
    with open("big-endian.pt", "wb") as file:
        file.write(as_big_endian(stream.getvalue()))
    loaded = torch.load("big-endian.pt")
    for key, value in plain.items():
        assert torch.equal(loaded[key], value), key
