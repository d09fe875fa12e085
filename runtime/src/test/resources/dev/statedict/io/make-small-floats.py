"""Makes small-floats.txt: how PyTorch 2.13 converts between float32 and the types of 8 and 16 bits.

    python3 make-small-floats.py

A line for each type: its name, then what each of its codes is (256 of them, or every 37th of 65,536; as bits of a float32, all NaNs as 7fc00000,
with what is done to its sign), then the code of each of some hundreds of floats, given by their bits. Hexadecimal.
"""

import struct

import torch

torch.manual_seed(0)
TYPES = {
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F8_E5M2": torch.float8_e5m2,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2FNUZ": torch.float8_e5m2fnuz,
    "F8_E4M3FNUZ": torch.float8_e4m3fnuz,
}


def bits(values):
    return [value & 0xFFFFFFFF for value in values.view(torch.int32).tolist()]


with open("small-floats.txt", "w") as file:
    for name, dtype in TYPES.items():
        width = torch.empty(0, dtype=dtype).element_size()
        unsigned = torch.uint8 if width == 1 else torch.uint16
        codes = torch.arange(0, 256**width, 1 if width == 1 else 37, dtype=torch.int32).to(unsigned)
        decoded = codes.view(dtype).float()
        finite = decoded[torch.isfinite(decoded)].unique()
        middles = (finite[:-1].double() + finite[1:].double()).div(2).float()
        # a step to either side, by the bits
        near = torch.cat([middles, torch.nextafter(middles, torch.tensor(1e38)), torch.nextafter(middles, torch.tensor(-1e38))])
        scaled = torch.randn(100) * torch.exp2(torch.randint(-30, 30, (100,)).float())
        edges = torch.tensor([0.0, -0.0, 1e-45, -1e-45, 3e38, -3e38, 65519.9, 65520.0, 61439.0, 61440.0, 464.0, 464.1, 448.1, 479.9, 480.0,
                              247.9, 248.0, 248.1, 57344.0, 61441.0, float("inf"), float("-inf"), float("nan")])
        floats = torch.cat([edges, scaled, near if width == 1 else near[::7]])
        encoded = floats.to(dtype).view(unsigned).tolist()
        print(name, file=file)
        print(*(f"{code:x}:{'nan' if value != value else f'{bit:08x}'}" for code, value, bit in
                zip(codes.tolist(), decoded.tolist(), bits(decoded))), file=file)
        print(*(f"{bit:08x}:{code:x}" for bit, code in zip(bits(floats), encoded)), file=file)
