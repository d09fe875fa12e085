"""Prints what PyTorch prints for a few hundred tensors: the cases of TensorFormatTest.

    python3 tensor-repr.py > tensor-repr.txt

The output is the same under PyTorch 1.13 and 2.13. One case is

    shape 2 3                         sizes, none for a 0-d tensor
    3f800000 80000000                 elements as float32 bits, repeated until the shape is full
    tensor([[ 1., -0.,  1.],          what repr(tensor) gives
            [-0.,  1., -0.]])
    ----
"""

import math
import random
import struct

import torch

chance = random.Random(20261123)


def bits_of(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def case(shape, values=(), bits=None):
    bits = [bits_of(value) for value in values] if bits is None else bits
    numel = math.prod(shape)
    print("shape", *shape)
    print(*("%08x" % b for b in bits[:numel]))
    cycle = [bits[i % len(bits)] for i in range(numel)]
    # bits travel as ints, so that nothing rounds on the way
    signed = torch.tensor([b - (b >> 31 << 32) for b in cycle], dtype=torch.int32)
    print(repr(signed.view(torch.float32).reshape(shape)))
    print("----")


inf, nan, largest, smallest = math.inf, math.nan, 3.4028234663852886e38, 1.401298464324817e-45

# no dimensions
for value in [3, 0, -0.0, 0.1, -2.5, 123456, 1e8, 100000008, 1e-4, 0.00011, 1e-5, 16777216,
              largest, -largest, smallest, 1.1754943508222875e-38, nan, inf, -inf, 0.99995, 0.999995]:
    case([], [value])

# nothing in it
for shape in [[0], [0, 3], [3, 0], [2, 0, 4], [0, 0], [1] * 18 + [0]] + [
        [11] * k + [1] * (19 - k) + [0] for k in range(6)]:
    case(shape)

# integral, zeros, what is not finite
for values in [[0, 0], [0, -0.0], [1, 2, 3], [-1, 22, 333], [nan], [nan, 0], [inf, -inf, nan], [1, inf], [1.5, inf, -inf],
               [1.5, nan, -0.0], [12345, nan], [-0.0, 1.5], [0, 1e-5], [0, 1e9], [nan, 1e9, -inf], [largest, smallest],
               [largest, 1], [-largest, largest], [smallest, smallest * 2], [123, 456], [123, 0.5], [-0.00004, 1],
               [0.0001], [0.00012, 0.05]]:
    case([len(values)], values)

# on either side of the three limits of scientific notation
for values in [[1, 1000], [1, 1001], [1, 1000.0001], [0.5, 500], [0.5, 500.1], [1e8, 1e8], [1e8, 100000008], [99999992, 1e6],
               [1.5, 1e8], [1e-4, 0.01], [0.000100001, 0.01], [9.99e-5, 0.01], [-1, -1000], [-1, -1001]]:
    case([len(values)], values)

# halves round to even, by the exact value
for values in [[k / 32 for k in range(1, 32, 2)], [-k / 32 for k in range(1, 32, 2)], [100005, 1], [100015, 1],
               [100025, 1], [999995, 1], [9999950, 1], [0.00005, 0.01], [0.00015, 0.01], [1.00005, 2.00015],
               [0.99995, 0.999949], [9.99995, 9.99994], [1e10, 3], [9.9999e-5, 1], [5e-5, 1]]:
    case([len(values)], values)

# rows are wrapped
for length in list(range(5, 20)) + [24, 25, 26, 41]:
    case([length], [0.5, 1.25, -3.125])
    case([length], [1, 2, 3, 40])
for length in [6, 7, 8, 13]:
    case([length], [1e-7, -2.5e9])
    case([length], [inf, 1e20, -nan, 1])
    case([3, length], [10.5, 100.25, 7])
    case([2, 2, length], [-10.5, 100.25, 7])
case([2, 30], [0.1, -0.2, 0.3])
case([1] * 10 + [12], [0.5, 2])
case([1] * 90 + [3], [0.5, 2])

# brackets and blank lines
for shape in [[1, 1], [2, 3], [3, 1], [2, 2, 2], [1, 2, 3], [2, 1, 2, 2], [2, 2, 1, 1, 2]]:
    case(shape, [1, -2, 3.5])
    case(shape, [1, -2, 3])

# more than 1,000 elements are summarized, and only what is shown is looked at
spread = [chance.gauss(0, 1) for _ in range(23)]
for length in [6 * 167, 6 * 167 + 3]:
    case([length], [1, 2, 3, 1e-9, 0.5, 1e9])
for shape in [[1000], [1001], [40, 25], [7, 143], [7, 150], [6, 200], [2000, 1], [1, 2000], [200, 6], [1001, 1], [2, 501],
              [10, 10, 11], [7, 7, 7, 7], [3, 7, 60], [5, 5, 5, 9], [8, 1, 8, 20], [2, 2, 300], [300, 2, 2], [1, 1, 1, 1200],
              [64, 100], [10, 64]]:
    case(shape, spread)
    case(shape, range(-9, 10))

# at random


def element(kind):
    if kind == "uniform":
        return bits_of(chance.uniform(-1, 1))
    if kind == "normal":
        return bits_of(chance.gauss(0, 10))
    if kind == "integral":
        return bits_of(chance.randint(-1000, 1000))
    if kind == "small":
        return bits_of(chance.uniform(-1, 1) * 10 ** chance.randint(-4, 0))
    if kind == "ties":
        return bits_of(chance.randint(-2000000, 2000000) / 32)
    if kind == "special":
        return bits_of(chance.choice([0.0, -0.0, nan, inf, -inf, 1, chance.uniform(-9, 9)]))
    if kind == "exponents":
        return bits_of(chance.uniform(-1, 1) * 10 ** chance.randint(-44, 38))
    return chance.getrandbits(32)


KINDS = ["uniform", "normal", "integral", "small", "ties", "special", "exponents", "bits"]
for number in range(240):
    kind = KINDS[number % len(KINDS)]
    shape = [chance.choice([1, 2, 2, 3, 4, 5, 7]) for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
    if len(shape) == 1:
        shape[0] *= chance.randint(1, 4)
    bits = [element(kind) for _ in range(min(23, math.prod(shape)))]
    case(shape, bits=bits)
