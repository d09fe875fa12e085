"""Writes keras.npz, the weights of a small model of Keras by their paths, and keras-expected.safetensors, an input and what
the model makes of it. Kernels are [height, width, in, out] and [in, out]; images have their channels last.

    KERAS_BACKEND=torch python make-keras.py    # Keras 3.15, NumPy, safetensors
"""

import keras
import numpy
from safetensors.numpy import save_file

keras.utils.set_random_seed(5)
model = keras.Sequential(
    [
        keras.layers.Input((5, 4, 2)),
        keras.layers.Conv2D(4, (3, 2), name="conv2d"),
        keras.layers.BatchNormalization(name="batch_normalization"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(3, "relu", name="dense"),
        keras.layers.Dense(2, name="dense_1"),
    ]
)
random = numpy.random.default_rng(5)
# as training leaves them, not as they begin
for weight in model.weights:
    values = random.standard_normal(weight.shape).astype("f4")
    weight.assign(abs(values) if weight.path.endswith("variance") else values)

numpy.savez("keras.npz", **{weight.path: keras.ops.convert_to_numpy(weight) for weight in model.weights})
x = random.standard_normal((1, 5, 4, 2)).astype("f4")
save_file({"input": x, "output": keras.ops.convert_to_numpy(model(x))}, "keras-expected.safetensors")
