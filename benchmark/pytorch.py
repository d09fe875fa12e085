#!/usr/bin/env python3
"""Measures PyTorch on the shapes of the benchmarks: one line "name microseconds" for each, the median of several.

    pytorch.py [--scale N] [--files DIRECTORY] [name...]

Names are those in MEASUREMENTS; none means all. --scale 10 is the tenfold size. Training and predicting take one thread,
as the benchmarks do, unless their name says otherwise; the rest takes as many as PyTorch likes.
"""

import argparse
import os
import statistics
import tempfile
import time

import torch


def median(action, seconds=1.0, before=None):
    """The median time of an action in microseconds, over at least 3 runs and the given seconds, after a first run."""
    times, end = [], None
    while len(times) < 4 or time.perf_counter() < end:
        if before:
            before()
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
        end = end or time.perf_counter() + seconds
    return statistics.median(times[1:]) * 1e6


class Container(torch.nn.Module):
    """Ten modules of a kind, as fields."""

    def __init__(self, name, make):
        super().__init__()
        for i in range(10):
            setattr(self, f"{name}{i}", make())


def block(features):
    return Container("layer", lambda: torch.nn.Linear(features, features))


def stage(features):
    return Container("block", lambda: block(features))


def tree(features):
    return Container("stage", lambda: stage(features))


def forest(features):
    return Container("tree", lambda: tree(features))


def snapshot(model):
    return {key: value.clone() for key, value in model.state_dict().items()}


def small(scale):
    return tree(8) if scale == 1 else forest(8)


def large(scale):
    features = 8192 if scale == 1 else 25905
    return torch.nn.Linear(features, features)


def state_dict(scale, directory):
    model = small(scale)
    return median(model.state_dict)


def load_state_dict(scale, directory):
    model = small(scale)
    state = snapshot(model)
    return median(lambda: model.load_state_dict(state))


def mlp_state_dict(scale, directory):
    return median((stage(64) if scale == 1 else tree(64)).state_dict)


def mlp_load_state_dict(scale, directory):
    model = stage(64) if scale == 1 else tree(64)
    state = snapshot(model)
    return median(lambda: model.load_state_dict(state))


def large_load_state_dict(scale, directory):
    model = large(scale)
    state = snapshot(model)
    return median(lambda: model.load_state_dict(state))


def large_clone(scale, directory):
    model = large(scale)
    return median(lambda: snapshot(model))


def checkpoint(megabytes):
    """A thousand tensors of so many megabytes together, as the Java side has them."""
    elements = megabytes * 1024 * 1024 // 4 // 1000
    return {f"tensor{i}": torch.full((elements,), float(i)) for i in range(1000)}


def save(megabytes):
    def measure(scale, directory):
        state = checkpoint(megabytes * scale)
        path = os.path.join(directory, "torch.pt")
        # PyTorch writes over what is there; so the file goes first, as the Java side writes a new one
        remove = lambda: os.path.exists(path) and os.remove(path)
        try:
            return median(lambda: torch.save(state, path), before=remove)
        finally:
            remove()

    return measure


def savez(megabytes):
    """The same as an archive of NumPy's arrays."""

    def measure(scale, directory):
        import numpy

        arrays = {key: value.numpy() for key, value in checkpoint(megabytes * scale).items()}
        path = os.path.join(directory, "numpy.npz")
        remove = lambda: os.path.exists(path) and os.remove(path)
        try:
            return median(lambda: numpy.savez(path, **arrays), before=remove)
        finally:
            remove()

    return measure


class Flat(torch.nn.Module):
    """The parameters of a checkpoint."""

    def __init__(self, state):
        super().__init__()
        for key, value in state.items():
            self.register_parameter(key, torch.nn.Parameter(torch.zeros_like(value)))


def load_file(megabytes):
    def measure(scale, directory):
        state = checkpoint(megabytes * scale)
        path = os.path.join(directory, "torch.pt")
        torch.save(state, path)
        model = Flat(state)
        try:
            return median(lambda: model.load_state_dict(torch.load(path)))
        finally:
            os.remove(path)

    return measure


def load_many(suffix):
    """As many small tensors as the Java side has: 5,000, or 50,000."""

    def measure(scale, directory):
        from safetensors.torch import load_file, save_file

        state = {f"tensors.{i}": torch.full((16,), float(i)) for i in range(5_000 * scale)}
        path = os.path.join(directory, "many." + suffix)
        (torch.save if suffix == "pt" else save_file)(state, path)
        try:
            return median(lambda: (torch.load if suffix == "pt" else load_file)(path))
        finally:
            os.remove(path)

    return measure


def regression(scale, threads=1):
    rows = 200_000 * scale
    torch.set_num_threads(threads)
    x = torch.rand(rows, 64) * 2 - 1
    labels = torch.randint(0, 10, (rows,))
    return torch.nn.Linear(64, 10), x, labels


def predict(scale, directory):
    model, x, _ = regression(scale)
    with torch.no_grad():
        return median(lambda: model(x))


def train(scale, directory, threads=1):
    model, x, labels = regression(scale, threads)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def epoch():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), labels).backward()
        optimizer.step()

    return median(epoch)


def train_threads(scale, directory):
    """The same on as many threads as PyTorch likes."""
    return train(scale, directory, torch.get_num_threads())


MEASUREMENTS = {
    "state_dict": state_dict,
    "load_state_dict": load_state_dict,
    "mlp_state_dict": mlp_state_dict,
    "mlp_load_state_dict": mlp_load_state_dict,
    "large_load_state_dict": large_load_state_dict,
    "large_clone": large_clone,
    "save_256": save(256),
    "save_1024": save(1024),
    "savez_256": savez(256),
    "load_file_256": load_file(256),
    "load_file_1024": load_file(1024),
    "load_many_pt": load_many("pt"),
    "load_many_safetensors": load_many("safetensors"),
    "predict": predict,
    "train": train,
    "train_threads": train_threads,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, choices=[1, 10], default=1)
    parser.add_argument("--files", default=tempfile.gettempdir())
    parser.add_argument("names", nargs="*", default=None)
    arguments = parser.parse_args()
    threads = torch.get_num_threads()
    for name in arguments.names or MEASUREMENTS:
        torch.set_num_threads(threads)
        print(name, round(MEASUREMENTS[name](arguments.scale, arguments.files), 3), flush=True)


if __name__ == "__main__":
    main()
