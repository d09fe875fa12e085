"""Reads files that this library saved with PyTorch and, where it is installed, safetensors, and compares them with the
fixtures whose content they were saved from. Run by OracleTest with the directory of the files.
"""

import sys

import torch

directory = sys.argv[1]


def load(name):
    return torch.load(f"{directory}/{name}", weights_only=True)


def check(condition, what):
    if not condition:
        sys.exit(f"torch {torch.__version__}: {what}")


def same(one, other):
    return (
        one.dtype == other.dtype
        and one.shape == other.shape
        and one.stride() == other.stride()
        and (torch.equal(one, other))
    )


def shares(one, other):
    return one.storage().data_ptr() == other.storage().data_ptr() and one.numel() > 0


for version in ("1.13", "2.13"):
    if version == "2.13" and torch.__version__.startswith("1."):
        continue  # its unsigned types are unknown there
    # some tensors have attributes, which the restricted reader knows since 2.0
    expected = torch.load(f"{directory}/tensors-{version}.pt")
    actual = load(f"saved-{version}.pt")
    check(list(actual) == list(expected), f"keys {list(actual)}")
    for key, value in expected.items():
        check(same(actual[key], value.detach()), f"{key}: {actual[key]}, expected {value}")
        for other in expected:
            check(
                shares(actual[key], actual[other]) == shares(value, expected[other]),
                f"sharing of {key} and {other}",
            )

extra = load("extra.pt")
check(extra._metadata[""]["statedict"] == '{"versions":{"":1,"fc":3},"extra_state":{"fc":"text"}}', "metadata")
linear = torch.nn.Linear(2, 1)
container = torch.nn.Sequential()
container.add_module("fc", linear)
check(str(container.load_state_dict(extra)) == "<All keys matched successfully>", "load_state_dict")
check(linear.weight.tolist() == [[1.0, 2.0]], "weight")

half = load("half.pt")
check(half["w"].dtype == torch.float16 and half["w"].tolist() == [0.5, 1.5], "half")
check(load("empty.pt") == {}, "empty")

try:
    import numpy
except ImportError:
    print("no NumPy")
else:
    expected = numpy.load(f"{directory}/numpy.npz")
    for name in "saved.npz", "commented.npz":
        actual = numpy.load(f"{directory}/{name}")
        check(sorted(actual.files) == sorted(expected.files), f"arrays {actual.files}")
        for key in expected.files:
            check(
                actual[key].dtype == expected[key].dtype
                and actual[key].flags.f_contiguous == expected[key].flags.f_contiguous
                and numpy.array_equal(actual[key], expected[key], equal_nan=actual[key].dtype.kind == "f"),
                f"{name} {key}",
            )
    columns = numpy.load(f"{directory}/saved.npy")
    check(numpy.array_equal(columns, expected["f4/columns"], equal_nan=True), "saved.npy")

try:
    from safetensors import safe_open
    from safetensors.torch import load_file
except ImportError:
    print("torch alone")
else:
    for name, original in (("saved.safetensors", "types.safetensors"), ("digest.safetensors", "types.safetensors")):
        expected = load_file(f"{directory}/{original}")
        actual = load_file(f"{directory}/{name}")
        check(actual.keys() == expected.keys(), "safetensors keys")
        for key, value in expected.items():
            check(
                actual[key].dtype == value.dtype and torch.equal(torch.nan_to_num(actual[key].double()),
                                                                 torch.nan_to_num(value.double())),
                f"safetensors {key}",
            )
    with safe_open(f"{directory}/saved-tied.safetensors", "pt") as file:
        check(file.metadata() == {"format": "pt", "h.weight": "e.weight"}, "safetensors tie")
    print("torch and safetensors")
