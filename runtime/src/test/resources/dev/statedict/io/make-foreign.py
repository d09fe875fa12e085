"""Makes files with what statedict cannot represent beside what it can. Run with PyTorch 2.13, NumPy and safetensors 0.8:

    python3 make-foreign.py

foreign.pt           a model, an epoch, and one foreign item of each kind
foreign-legacy.pt    the same in the form before PyTorch 1.6
module.pt            a whole module, pickled
foreign.safetensors  a tensor of complex numbers beside one of floats
"""

import argparse
import collections
import datetime
import pathlib

import numpy
import safetensors.torch
import torch


def checkpoint():
    torch.manual_seed(0)
    model = torch.nn.Linear(2, 1)
    return {
        "model": model.state_dict(),
        "epoch": 3,
        "args": argparse.Namespace(lr=0.5, name="run"),
        "best": numpy.float64(0.25),
        "scores": [0.5, numpy.float32(0.75)],
        "array": numpy.ones(3),
        "counts": collections.defaultdict(int, a=1),
        "path": pathlib.PurePosixPath("run/1"),
        "day": datetime.date(2026, 11, 26),
        "kept": frozenset([1]),
        "complex": torch.tensor([1 + 2j]),
        "four": torch.zeros(2, dtype=torch.uint8).view(torch.float4_e2m1fn_x2),
        "negative": torch.tensor([1 + 2j]).conj().imag,
        "sparse": torch.ones(2).to_sparse(),
        "quantized": torch.quantize_per_tensor(torch.ones(2), 0.5, 0, torch.quint8),
        "whole": model,
    }


torch.save(checkpoint(), "foreign.pt")
torch.save(checkpoint(), "foreign-legacy.pt", _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(2, 1), "module.pt")
safetensors.torch.save_file(
    {"complex": torch.tensor([1 + 2j]), "weight": torch.tensor([1.0, 2.0])}, "foreign.safetensors"
)
