"""Makes the safetensors fixtures of the io tests with the reference implementation (safetensors 0.8.0, torch 2.13.0).

    python3 make-safetensors.py

types.safetensors   one tensor of each type, names that sort differently in UTF-8 and UTF-16, 0-d and empty tensors
exact.safetensors   every bit pattern of the types of 8 bits, many of those of 16, NaNs with payloads, the least and the greatest of all others
tied.safetensors    what safetensors.torch.save_model makes of a module with a tie
"""

import torch
from safetensors.torch import save_file, save_model

save_file(
    {
        "f64": torch.tensor([0.5, -0.0, float("inf"), 2.0**-149], dtype=torch.float64),
        "f32": torch.tensor([[1.0, 2.0], [-3.5, float("nan")]]),
        "f16": torch.tensor([0.5, 65504.0, 2.0**-24], dtype=torch.float16),
        "bf16": torch.tensor([1.0, -2.0**127], dtype=torch.bfloat16),
        "i64": torch.tensor([2**24, -(2**62)], dtype=torch.int64),
        "i32": torch.tensor([-1, 16777216], dtype=torch.int32),
        "i16": torch.tensor([-32768, 32767], dtype=torch.int16),
        "i8": torch.tensor([-128, 127], dtype=torch.int8),
        "u64": torch.tensor([2**62], dtype=torch.uint64),
        "u32": torch.tensor([2**31], dtype=torch.uint32),
        "u16": torch.tensor([65535], dtype=torch.uint16),
        "u8": torch.tensor([255, 0, 1], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(7.0),
        "empty": torch.zeros(0, 3),
        "num_batches_tracked": torch.tensor(12345),
        "\uffee": torch.tensor(1.0),
        "\U0001f600": torch.tensor(2.0),
        "quote\"back\\slash\ttab\u0001\u007f/": torch.tensor(3.0),
    },
    "types.safetensors",
    metadata={"format": "pt"},
)


def raw(dtype, *patterns):
    """A tensor of bit patterns."""
    width = torch.empty(0, dtype=dtype).element_size()
    bytes_of = b"".join(pattern.to_bytes(width, "little") for pattern in patterns)
    return torch.frombuffer(bytearray(bytes_of), dtype=torch.uint8).view(dtype)


save_file(
    {
        "f64": raw(torch.float64, 0, 1, 1 << 63, 0x7FF0000000000001, 0xFFF8000000000123, 0x7FEFFFFFFFFFFFFF, 0x3FB999999999999A),
        "f32": raw(torch.float32, 0, 1, 1 << 31, 0x7F800001, 0xFFC00123, 0x7F7FFFFF),
        "f16": raw(torch.float16, *range(0, 1 << 16, 37), 0x7C01, 0xFFFF),
        "bf16": raw(torch.bfloat16, *range(0, 1 << 16, 37), 0x7F81, 0xFFFF),
        "e4m3": raw(torch.float8_e4m3fn, *range(256)),
        "e5m2": raw(torch.float8_e5m2, *range(256)),
        "e4m3fnuz": raw(torch.float8_e4m3fnuz, *range(256)),
        "e5m2fnuz": raw(torch.float8_e5m2fnuz, *range(256)),
        "i64": raw(torch.int64, 0, 1 << 63, (1 << 63) - 1, (1 << 53) + 1),
        "i32": raw(torch.int32, 0, 1 << 31, (1 << 31) - 1),
        "i16": raw(torch.int16, *range(0, 1 << 16, 257)),
        "i8": raw(torch.int8, *range(256)),
        "u64": raw(torch.uint64, 0, (1 << 63) - 1, (1 << 53) + 1),
        "u32": raw(torch.uint32, 0, (1 << 32) - 1, 1 << 31),
        "u16": raw(torch.uint16, *range(0, 1 << 16, 257)),
        "u8": raw(torch.uint8, *range(256)),
        "bool": raw(torch.bool, 0, 1),
    },
    "exact.safetensors",
    metadata={"format": "pt"},
)


class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.h = torch.nn.Linear(2, 3, bias=False)
        self.e = torch.nn.Embedding(3, 2)
        self.h.weight = self.e.weight
        self.h.weight.data = torch.arange(6.0).reshape(3, 2)
        self.e.weight = self.h.weight


save_model(Tied(), "tied.safetensors")
