"""Makes the fixtures of PickleScanTest (Python 3.11, PyTorch 2.13). Nothing is executed, neither here nor there:

    python3 make-pickles.py

payload-PROTOCOL.pkl    a call of os.system among plain values, in each protocol
payload-4.pt            the same in an archive that torch.save wrote with pickle_protocol=4
"""

import collections
import os
import pickle

import torch


class Payload:
    def __reduce__(self):
        return os.system, ("echo executed",)


for protocol in range(6):
    content = {"epoch": 3, "lr": 0.5, "big": 2**100, "negative": -(2**40), "bytes": b"\0\1", "payload": Payload()}
    content["set"] = {"a"}
    content["frozen"] = frozenset([1])
    content["array"] = bytearray(b"abc")
    content["counter"] = collections.Counter("aab")
    with open(f"payload-{protocol}.pkl", "wb") as file:
        pickle.dump(content, file, protocol=protocol)
torch.save({"weight": torch.ones(2), "payload": Payload()}, "payload-4.pt", pickle_protocol=4)
