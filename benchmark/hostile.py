#!/usr/bin/env python3
"""Files that make much of little, to stall who reads them, and how long PyTorch takes to load or to refuse each.

    hostile.py write DIRECTORY    writes them
    hostile.py read FILE...       prints a line of microseconds for each, the least of three
"""

import os
import struct
import sys
import time
import zipfile


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def put(index):
    return b"r" + struct.pack("<I", index)


def get(index):
    return b"j" + struct.pack("<I", index)


def integer(value):
    return b"J" + struct.pack("<i", value)


ORDERED_DICT = b"ccollections\nOrderedDict\n)R"


def numbered(count, value):
    return b"".join(text(f"k{i}") + value for i in range(count))


def tensor(elements, sizes, strides):
    storage = text("storage") + b"ctorch\nFloatStorage\n" + text("0") + text("cpu") + integer(elements)
    shape = b"(" + b"".join(map(integer, sizes)) + b"t(" + b"".join(map(integer, strides)) + b"t"
    return b"ctorch._utils\n_rebuild_tensor_v2\n((" + storage + b"tQ" + integer(0) + shape + b"\x89" + ORDERED_DICT + b"tR"


def dicts_in_one_another(levels):
    """Each dict holds the one before it twice: it unfolds to millions of paths."""
    content = lambda i: b"(" + text("a") + get(i - 1) + text("b") + get(i - 1) + b"u" if i else text("x") + integer(1) + b"s"
    return b"}(" + b"".join(text(f"k{i}") + b"}" + put(i) + content(i) for i in range(levels)) + b"u."


def lists_in_one_another(levels):
    lists = (b"]" + put(i) + (b"(" + get(i - 1) * 2 + b"e" if i else b"") for i in range(levels))
    return b"}" + text("v") + b"(" + b"".join(lists) + b"ts."


def tuples_in_one_another(levels):
    tuples = (get(i - 1) * 2 + b"\x86" + put(i) if i else text("s") + put(0) for i in range(levels))
    return b"}" + text("v") + b"(" + b"".join(tuples) + b"ts."


def many(instruction, times):
    """An instruction that makes something empty, again and again."""
    return b"}" + text("v") + b"(" + instruction * times + b"ts."


def one_metadata(modules, keys):
    """A dict whose metadata names many modules, under many keys."""
    metadata = b"}(" + numbered(modules, integer(1)) + b"u"
    shared = ORDERED_DICT + put(0) + b"}" + text("_metadata") + ORDERED_DICT + text("") + metadata + b"ssb"
    return b"}(" + text("d") + shared + numbered(keys, get(0)) + b"u."


def one_extra_state(texts, modules):
    """The extra state of many modules is one dict."""
    shared = b"}" + put(0) + b"(" + numbered(texts, text("x")) + b"u"
    keys = b"".join(text(f"m{i}._extra_state") + get(0) for i in range(modules))
    return b"}(" + text("d") + shared + keys + b"u."


def one_tensor(keys):
    """Many keys of one tensor."""
    return b"}(" + text("d") + tensor(4, [2, 2], [2, 1]) + put(0) + numbered(keys, get(0)) + b"u."


def long_paths(levels):
    """Dicts in one another, below keys of a hundred thousand letters."""
    key = "k" * 100_000
    return b"}" + text(key) + put(0) + b"}" + (get(0) + b"}") * levels + b"s" * (levels + 1) + b"."


PICKLES = {
    "dicts": dicts_in_one_another(24),
    "lists": lists_in_one_another(30),
    "tuples": tuples_in_one_another(30),
    "many-lists": many(b"]", 2_000_000),
    "many-dicts": many(b"}", 2_000_000),
    "memo": b"}" + text("v") + b"N" + b"".join(put(i) for i in range(500_000)) + b"s.",
    "metadata": one_metadata(20_000, 40_000),
    "extra-state": one_extra_state(20_000, 10_000),
    "one-tensor": one_tensor(200_000),
    "long-paths": long_paths(60),
}


def write(directory):
    for name, pickle in PICKLES.items():
        with zipfile.ZipFile(os.path.join(directory, name + ".pt"), "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("a/data.pkl", b"\x80\x02" + pickle)
            archive.writestr("a/version", "3\n")
            archive.writestr("a/byteorder", "little")
            archive.writestr("a/data/0", b"\0" * 16)


def read(files):
    import torch

    for file in files:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            try:
                torch.load(file)
            except Exception:
                pass  # refused, as it may be
            times.append(time.perf_counter() - start)
        print(min(times) * 1e6, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    else:
        read(sys.argv[2:])
