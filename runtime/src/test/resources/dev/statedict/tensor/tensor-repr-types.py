"""Prints what PyTorch prints for some hundred tensors of float64, int32, int64 and bool: more cases of TensorFormatTest.

    python3 tensor-repr-types.py > tensor-repr-types.txt

Run with PyTorch 2.13. One case is

    F64 2 3                           element type and sizes, none for a 0-d tensor
    3ff0000000000000 8000000000000000 elements as bits, repeated until the shape is full; of BOOL 0 and 1
    tensor([[ 1., -0.,  1.],          what repr(tensor) gives
            [-0.,  1., -0.]], dtype=torch.float64)
    ----
"""

import math
import random
import struct

import torch

chance = random.Random(20261126)

DTYPES = {"F64": torch.float64, "I32": torch.int32, "I64": torch.int64, "BOOL": torch.bool}


def bits_of(kind, value):
    if kind == "F64":
        return struct.unpack("<Q", struct.pack("<d", value))[0]
    return int(value) & (0xFFFFFFFF if kind == "I32" else 0xFFFFFFFFFFFFFFFF)


def case(kind, shape, values=(), bits=None):
    bits = [bits_of(kind, value) for value in values] if bits is None else bits
    numel = math.prod(shape)
    width = {"F64": 16, "I32": 8, "I64": 16, "BOOL": 1}[kind]
    print(kind, *shape)
    print(*("%0*x" % (width, b) for b in bits[:numel]))
    cycle = [bits[i % len(bits)] for i in range(numel)]
    # bits travel as ints, so that nothing rounds on the way
    if kind == "I32":
        tensor = torch.tensor([b - (b >> 31 << 32) for b in cycle], dtype=torch.int32)
    else:
        tensor = torch.tensor([b - (b >> 63 << 64) for b in cycle], dtype=torch.int64)
        tensor = tensor.view(torch.float64) if kind == "F64" else tensor.to(DTYPES[kind])
    print(repr(tensor.reshape(shape)))
    print("----")


inf, nan, largest, smallest = math.inf, math.nan, 1.7976931348623157e308, 5e-324
least, most = -2**63, 2**63 - 1

# no dimensions
for value in [3, 0, -0.0, 0.1, -2.5, 123456, 1e8, 100000001, 1e-4, 0.00011, 1e-5, 2**53, largest, -largest, smallest,
              2.2250738585072014e-308, nan, inf, -inf, 0.99995, 0.999995, math.pi * 1e100, 1e-100]:
    case("F64", [], [value])
for value in [0, -1, 7, 2**31 - 1, -2**31]:
    case("I32", [], [value])
for value in [0, -1, 7, 2**53 + 1, most, least]:
    case("I64", [], [value])
for value in [0, 1]:
    case("BOOL", [], [value])

# nothing in it: the type is told of all but float32, on a line of its own where the first is full
for kind in DTYPES:
    for shape in [[0], [0, 3], [3, 0], [2, 0, 4], [0, 0]] + [[1] * k + [0] for k in range(10, 20)] + [
            [11] * k + [1] * (19 - k) + [0] for k in range(6)]:
        case(kind, shape)

# integral, zeros, what is not finite
for values in [[0, 0], [0, -0.0], [1, 2, 3], [-1, 22, 333], [nan], [nan, 0], [inf, -inf, nan], [1, inf], [1.5, inf, -inf],
               [1.5, nan, -0.0], [12345, nan], [-0.0, 1.5], [0, 1e-5], [0, 1e9], [nan, 1e9, -inf], [largest, smallest],
               [largest, 1], [-largest, largest], [smallest, smallest * 2], [123, 456], [123, 0.5], [-0.00004, 1],
               [0.0001], [0.00012, 0.05], [1e300, -1e-300], [1e99, 1e100], [1 / 3, 2 / 3], [2**53, 2**53 - 1]]:
    case("F64", [len(values)], values)

# on either side of the three limits of scientific notation
for values in [[1, 1000], [1, 1001], [1, 1000.0000000001], [0.5, 500], [0.5, 500.00000001], [1e8, 1e8], [1e8, 100000001],
               [99999999.9, 1e6], [1.5, 1e8], [1e-4, 0.01], [0.00010000000001, 0.01], [9.99999999e-5, 0.01], [-1, -1000],
               [-1, -1001]]:
    case("F64", [len(values)], values)

# halves round to even, by the exact value
for values in [[k / 32 for k in range(1, 32, 2)], [-k / 32 for k in range(1, 32, 2)], [100005, 1], [100015, 1],
               [100025, 1], [999995, 1], [9999950, 1], [0.00005, 0.01], [0.00015, 0.01], [1.00005, 2.00015],
               [0.99995, 0.999949], [9.99995, 9.99994], [1e10, 3], [9.9999e-5, 1], [5e-5, 1], [2.00005, 2.00025]]:
    case("F64", [len(values)], values)

# whole numbers are as wide as the longest
for kind in ["I32", "I64"]:
    for values in [[0], [1, -1], [1, 22, 333], [-1, 1000000], [2**31 - 1, -2**31], [0, 0, -7], [5] * 12]:
        case(kind, [len(values)], values)
case("I64", [3], [most, least, 0])
for values in [[0, 0], [1, 1], [1, 0], [0, 1, 1]]:
    case("BOOL", [len(values)], values)

# rows are wrapped, and the type goes to a line of its own where the last is full
for length in list(range(3, 20)) + [24, 25, 26, 41]:
    case("F64", [length], [0.5, 1.25, -3.125])
    case("F64", [length], [1, 2, 3, 40])
    case("I32", [length], [1, 22, -333])
    case("I64", [length], [4, 5])
    case("BOOL", [length], [1, 0, 1])
for length in range(1, 12):
    case("I32", [length], [123456])
    case("F64", [length], [1e-7, -2.5e9])
    case("F64", [length], [1e-107, -2.5e9])
for length in [6, 7, 8, 13]:
    case("F64", [length], [inf, 1e20, -nan, 1])
    case("F64", [3, length], [10.5, 100.25, 7])
    case("I32", [2, 2, length], [-10, 100, 70000])
    case("I64", [3, length], [-10, 10**12, 7])
    case("BOOL", [2, length], [0, 1, 1])
case("F64", [1] * 90 + [3], [0.5, 2])
case("I32", [1] * 90 + [3], [5, 2])

# brackets and blank lines
for shape in [[1, 1], [2, 3], [3, 1], [2, 2, 2], [1, 2, 3], [2, 1, 2, 2]]:
    case("F64", shape, [1, -2, 3.5])
    case("I32", shape, [1, -2, 3])
    case("I64", shape, [1, -2, 30])
    case("BOOL", shape, [1, 0, 1])

# more than 1,000 elements are summarized, and only what is shown is looked at
spread = [chance.gauss(0, 1) for _ in range(23)]
for length in [6 * 167, 6 * 167 + 3]:
    case("F64", [length], [1, 2, 3, 1e-9, 0.5, 1e9])
    case("I64", [length], [1, 2, 3, 1234567, 5, 6])
    case("BOOL", [length], [1, 1, 1, 0, 1, 1])
for shape in [[1000], [1001], [40, 25], [7, 150], [1, 2000], [1001, 1], [2, 501], [10, 10, 11], [7, 7, 7, 7], [3, 7, 60],
              [8, 1, 8, 20], [2, 2, 300], [300, 2, 2]]:
    case("F64", shape, spread)
    case("I32", shape, range(-9, 10))
    case("I64", shape, [10**chance.randint(0, 18) for _ in range(17)])
    case("BOOL", shape, [1, 0, 0, 1, 1])

# at random


def element(kind):
    if kind == "uniform":
        return chance.uniform(-1, 1)
    if kind == "normal":
        return chance.gauss(0, 10)
    if kind == "integral":
        return float(chance.randint(-1000, 1000))
    if kind == "small":
        return chance.uniform(-1, 1) * 10 ** chance.randint(-4, 0)
    if kind == "ties":
        return chance.randint(-2000000, 2000000) / 32
    if kind == "special":
        return chance.choice([0.0, -0.0, nan, inf, -inf, 1, chance.uniform(-9, 9)])
    if kind == "exponents":
        return chance.uniform(-1, 1) * 10.0 ** chance.randint(-320, 307)
    return struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0]


KINDS = ["uniform", "normal", "integral", "small", "ties", "special", "exponents", "bits"]
for number in range(200):
    shape = [chance.choice([1, 2, 2, 3, 4, 5, 7]) for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
    if len(shape) == 1:
        shape[0] *= chance.randint(1, 4)
    count = min(23, math.prod(shape))
    if number % 5 < 2:
        case("F64", shape, [element(KINDS[number // 5 % len(KINDS)]) for _ in range(count)])
    else:
        kind = ["I32", "I64", "BOOL"][number % 5 - 2]
        digits = chance.randint(1, 9 if kind == "I32" else 18)
        case(kind, shape, [chance.randint(-10**digits, 10**digits) if kind != "BOOL" else chance.randint(0, 1)
                           for _ in range(count)])
