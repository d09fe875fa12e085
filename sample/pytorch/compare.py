"""Repeats a run of the sample in PyTorch and tells how far the two are apart.

    java -jar sample/target/statedict-sample.jar train --export --out target/run
    python3 sample/pytorch/compare.py target/run

Same split, same first weights, same order of rows; the training is torch.optim.SGD, or Adam if the run was by it, on
cross_entropy, written as one writes it in PyTorch. Needs torch (1.13 or later) and numpy; scikit-learn, where it is there, is fitted to the same
training rows. The build does not run this.
"""

import copy
import csv
import gzip
import sys
from pathlib import Path

import numpy
import torch
from torch.nn.functional import cross_entropy

DIGITS = Path(__file__).parent.parent / "src/main/resources/dev/statedict/sample/digits.csv.gz"


class LogisticRegression(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(64, 10)

    def forward(self, x):
        return self.fc(x)


def rows(file, number):
    with open(file) as lines:
        return [[number(value) for value in line.strip().split(",")] for line in lines]


def parameters(run, prefix):
    return {
        "fc.weight": torch.tensor(rows(run / f"{prefix}.fc.weight.csv", float)),
        "fc.bias": torch.tensor(rows(run / f"{prefix}.fc.bias.csv", float)[0]),
    }


def evaluate(model, x, y):
    with torch.no_grad():
        logits = model(x)
        return cross_entropy(logits, y).item(), (logits.argmax(1) == y).double().mean().item()


def train(run, x, y, split):
    with open(run / "settings.csv") as file:
        settings = next(csv.DictReader(file))
    training, validation, _ = split
    model = LogisticRegression()
    model.load_state_dict(parameters(run, "initial"))
    rate, decay = float(settings["learning_rate"]), float(settings["weight_decay"])
    if settings["optimizer"] == "ADAM":
        optimizer = torch.optim.Adam(model.parameters(), lr=rate, weight_decay=decay)
    else:
        optimizer = torch.optim.SGD(
            model.parameters(), lr=rate, momentum=float(settings["momentum"]), weight_decay=decay
        )
    schedule = None
    if settings["schedule"] == "COSINE":
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=int(settings["epochs"]))
    history, least, best = [], float("inf"), None
    for order in rows(run / "orders.csv", int):
        for batch in torch.tensor(training)[order].split(int(settings["batch_size"])):
            optimizer.zero_grad()
            cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        if schedule:
            schedule.step()
        history.append(evaluate(model, x[training], y[training]) + evaluate(model, x[validation], y[validation]))
        if history[-1][2] < least:
            least, best = history[-1][2], copy.deepcopy(model.state_dict())
    return model, numpy.array(history), best


def main(run):
    torch.set_num_threads(1)
    with gzip.open(DIGITS, "rt") as file:
        digits = numpy.loadtxt(file, delimiter=",")
    split = rows(run / "split.csv", int)
    pixels = digits[:, :64]
    mean, deviation = pixels[split[0]].mean(0), pixels[split[0]].std(0)
    deviation[deviation == 0] = 1
    x = torch.tensor((pixels - mean) / deviation, dtype=torch.float32)
    y = torch.tensor(digits[:, 64], dtype=torch.int64)

    model, theirs, best = train(run, x, y, split)
    ours = numpy.loadtxt(run / "history.csv", delimiter=",", skiprows=1)[:, 1:]
    apart = abs(ours - theirs).max(0)
    ours_best = parameters(run, "best")
    print(f"torch {torch.__version__}, {len(ours)} epochs; the largest difference between sample and PyTorch:")
    print(f"  training loss        {apart[0]:.1e}")
    print(f"  training accuracy    {apart[1]:.1e}")
    print(f"  validation loss      {apart[2]:.1e}")
    print(f"  validation accuracy  {apart[3]:.1e}")
    print(f"  best weights         {max(abs(best[k] - ours_best[k]).max().item() for k in best):.1e}")
    print(f"best epoch: sample {ours[:, 2].argmin() + 1}, PyTorch {theirs[:, 2].argmin() + 1}")

    test = split[2]
    model.load_state_dict(ours_best)
    print(f"test accuracy: sample {evaluate(model, x[test], y[test])[1]:.4f}", end="")
    model.load_state_dict(best)
    print(f", PyTorch {evaluate(model, x[test], y[test])[1]:.4f}", end="")
    try:
        from sklearn.linear_model import LogisticRegression as Peer
    except ImportError:
        print()
        return
    peer = Peer(max_iter=1000).fit(x[split[0]].numpy(), y[split[0]].numpy())
    print(f", scikit-learn {peer.score(x[test].numpy(), y[test].numpy()):.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
