"""Makes overlapping.txt: what PyTorch says of a load into a place that overlaps itself. A case of OverlappingPlacesTest.

    python3 make-overlapping.py > overlapping.txt

The output is that of PyTorch 2.13: for each place its name, then what was said. Of a place whose overlap does not show in a
stride of 0, PyTorch says nothing, and its elements are those that were written last.
"""

import torch

places = {
    "expanded": torch.zeros(1).expand(3),
    "sliding": torch.zeros(3).as_strided((2, 2), (1, 1)),
}

for name, place in places.items():
    module = torch.nn.Module()
    module.register_parameter("w", torch.nn.Parameter(place))
    print(name)
    try:
        module.load_state_dict({"w": torch.ones(place.shape)})
    except RuntimeError as refusal:
        print(refusal)
    else:
        print("nothing")
    print("----")
