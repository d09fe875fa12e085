"""Writes arrays as NumPy writes them, and what is in them once more as safetensors.

    python make-numpy.py    # NumPy 2.4, safetensors

numpy.npz             every type in little-endian, row-major and column-major, of many shapes; stored
numpy-deflated.npz    the same by numpy.savez_compressed
numpy.safetensors     the same values
numpy-odd.npz         big-endian arrays, versions 2 and 3 of the format, a header as of Python 2; what is foreign
numpy-odd.safetensors the values of what is not foreign
column-major.npy      one array by numpy.save
"""

import io
import zipfile

import numpy
from safetensors.numpy import save_file

random = numpy.random.default_rng(18)


def values(dtype, shape):
    count = int(numpy.prod(shape))
    if dtype == "?":
        flat = random.integers(0, 2, count).astype(dtype)
    elif dtype[0] == "f":
        flat = random.standard_normal(count).astype(dtype)
        odd = numpy.array([numpy.nan, -0.0, numpy.inf, -numpy.inf, numpy.finfo(dtype).smallest_subnormal], dtype)
        flat[: min(count, 5)] = odd[: min(count, 5)]
    else:
        info = numpy.iinfo(dtype)
        top = min(info.max, 2**63 - 1)
        flat = random.integers(info.min, top, count, dtype, endpoint=True)
        flat[: min(count, 2)] = numpy.array([info.min, top], dtype)[: min(count, 2)]
    return flat.reshape(shape)


types = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"]
shapes = {"scalar": (), "vector": (7,), "matrix": (3, 4), "cube": (2, 3, 5), "empty": (0, 3)}
arrays = {f"{dtype}/{name}": values(dtype, shape) for dtype in types for name, shape in shapes.items()}
arrays |= {f"{dtype}/columns": numpy.asfortranarray(values(dtype, (4, 3, 2))) for dtype in types}
arrays["long.name." * 20 + "ä"] = values("f4", (123456789 % 97,))
numpy.savez("numpy.npz", **arrays)
numpy.savez_compressed("numpy-deflated.npz", **arrays)
save_file({name: numpy.ascontiguousarray(array).reshape(array.shape) for name, array in arrays.items()},
          "numpy.safetensors")
numpy.save("column-major.npy", arrays["f4/columns"])

expected = {}
with zipfile.ZipFile("numpy-odd.npz", "w", zipfile.ZIP_DEFLATED) as archive:

    def write(name, array, version=None):
        file = io.BytesIO()
        numpy.lib.format.write_array(file, array, version)
        archive.writestr(name + ".npy", file.getvalue())

    for dtype in types:
        array = values(dtype, (3, 4))
        write(f"big.{dtype}", array.astype(array.dtype.newbyteorder(">")))
        expected[f"big.{dtype}"] = array
    for version in (2, 0), (3, 0):
        array = values("f4", (2, 2))
        write(f"version{version[0]}", array, version)
        expected[f"version{version[0]}"] = array
    old = values("i4", (5,))
    header = b"{'descr': '<i4', 'fortran_order': False, 'shape': (5L,), }"
    header += b" " * (64 - (10 + len(header) + 1) % 64) + b"\n"
    archive.writestr("python2.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + old.tobytes())
    expected["python2"] = old
    write("objects", numpy.array([1, "a", None], object))
    write("texts", numpy.array(["a", "bc"]))
    write("bytes", numpy.array([b"a", b"bc"]))
    write("complex", numpy.array([1 + 2j]))
    write("times", numpy.array(["2026-11-26"], "M8[D]"))
    write("structured", numpy.zeros(2, [("a", "f4"), ("b", "i8", (2,))]))
    write("raw", numpy.zeros(2, "V2"))
    write("extended", numpy.zeros(2, numpy.longdouble))
    archive.writestr("notes.txt", "no array")
save_file(expected, "numpy-odd.safetensors")
