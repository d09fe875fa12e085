"""Lists the tensors of a safetensors file by the reference library, for the bar cli-ls."""

import sys

from safetensors import safe_open

with safe_open(sys.argv[1], framework="np") as file:
    for key in file.keys():
        entry = file.get_slice(key)
        print(key, entry.get_shape(), entry.get_dtype())
