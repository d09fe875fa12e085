"""Makes sound files that look odd. Run with PyTorch 2.13, which reads all of them with weights_only but those of protocol 4:

    python3 make-sound.py

no-crc.pt              CRC-32 of 0 everywhere: it was not computed
skipped.pt             storages left out: holes of zeros, without a sum
odd.pt                 3 elements of 2 bytes on a storage of 7
values.pt              a bytearray, complex numbers, bytes
keys.pt, keys.txt      a dict whose keys are no texts, and how Python prints each
protocol-N.pt, legacy-protocol-N.pt   pickle protocols 3 and 4, in both forms
"""

import torch

model = {"weight": torch.arange(6.0).reshape(2, 3), "bias": torch.tensor([0.5, -0.5])}
torch.serialization.set_crc32_options(False)
torch.save(model, "no-crc.pt")
torch.serialization.set_crc32_options(True)
with torch.serialization.skip_data():
    torch.save(model, "skipped.pt")
torch.save({"w": torch.arange(7, dtype=torch.uint8)[:6].view(torch.uint16)}, "odd.pt")
torch.save({"w": torch.ones(1), "array": bytearray(b"\x00\xff"), "empty": bytearray(), "complex": 1.5 - 2j}, "values.pt")
keys = [None, (), (0, 1), ("a", None, (True,)), 0.5, 1e16, -1.5e-05, float("inf"), True, 7, 2**70]
torch.save({key: torch.ones(1) for key in keys}, "keys.pt")
with open("keys.txt", "w") as file:
    file.writelines(f"{key!r}\n" for key in keys)
for protocol in (3, 4):
    value = {"w": torch.ones(2), "epoch": 3}
    torch.save(value, f"protocol-{protocol}.pt", pickle_protocol=protocol)
    torch.save(value, f"legacy-protocol-{protocol}.pt", pickle_protocol=protocol, _use_new_zipfile_serialization=False)
for name in ("no-crc", "skipped", "odd", "values", "keys", "protocol-3", "legacy-protocol-3"):
    torch.load(f"{name}.pt", weights_only=True)
