"""Makes what people take for a checkpoint. Run with PyTorch 2.13 and NumPy:

    python3 make-mistaken.py

torchscript.pt           a program
arrays.npz, array.npy    arrays of NumPy
"""

import numpy
import torch

torch.jit.save(torch.jit.script(torch.nn.Linear(2, 1)), "torchscript.pt")
numpy.savez("arrays.npz", weight=numpy.ones(2))
numpy.save("array.npy", numpy.ones(2))
