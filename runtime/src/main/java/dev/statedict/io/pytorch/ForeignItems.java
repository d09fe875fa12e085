package dev.statedict.io.pytorch;

import dev.statedict.io.pickle.ForeignObject;
import dev.statedict.io.read.ForeignItem;

/** Says what that is in a checkpoint that nobody here can read, and how to save it so that anybody can. */
final class ForeignItems {
    private ForeignItems() {}

    static ForeignItem of(Object value) {
        if (value instanceof ForeignObject object) {
            return object.isModule()
                    ? new ForeignItem("a whole module (" + object.name() + ")", "save its state_dict() instead")
                    : ofName(object.name());
        }
        if (value instanceof PickledTensor tensor) {
            return ofTensor(tensor);
        }
        return value instanceof PickledTensor.Storage
                ? new ForeignItem("a storage without a tensor", "save a tensor on it instead")
                : new ForeignItem("a name of PyTorch (" + value + ")", "save its text instead");
    }

    private static ForeignItem ofTensor(PickledTensor tensor) {
        if (tensor.isPending) {
            return new ForeignItem(
                    "a tensor with pending operations", "save tensor.resolve_neg() or tensor.resolve_conj()");
        }
        String mend = switch (tensor.type) {
            case COMPLEX128, COMPLEX64, COMPLEX32 -> "save torch.view_as_real(tensor) instead";
            case QINT32, QINT8, QUINT8, QUINT4X2, QUINT2X4 -> "save tensor.dequantize() instead";
            case FLOAT4_E2M1FN_X2 -> "save its values in a wider type instead";
            default -> "save tensor.float() instead";
        };
        return new ForeignItem("a tensor of " + tensor.type, mend);
    }

    private static ForeignItem ofName(String name) {
        return switch (name) {
            case "argparse.Namespace" -> new ForeignItem("an argparse.Namespace", "save vars(namespace) instead");
            case "collections.defaultdict" -> new ForeignItem("a collections.defaultdict", "save dict(value) instead");
            case "torch._utils._rebuild_sparse_tensor" ->
                new ForeignItem("a sparse tensor", "save tensor.to_dense() instead");
            case "torch._utils._rebuild_qtensor" ->
                new ForeignItem("a quantized tensor", "save tensor.dequantize() instead");
            case "torch._utils._rebuild_meta_tensor_no_storage" ->
                new ForeignItem("a tensor without data", "save it from a device that holds it");
            case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar" ->
                new ForeignItem("a NumPy scalar", "save value.item() instead");
            case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
                new ForeignItem("a NumPy array", "save torch.from_numpy(array) instead");
            default -> ofModule(name);
        };
    }

    private static ForeignItem ofModule(String name) {
        if (name.startsWith("pathlib.")) {
            return new ForeignItem("a path (" + name + ")", "save str(path) instead");
        }
        return name.startsWith("datetime.")
                ? new ForeignItem("a date or time (" + name + ")", "save value.isoformat() instead")
                : new ForeignItem(
                        "an object of Python (" + name + "), nothing of which is executed",
                        "save numbers, texts, lists or dicts in its place");
    }
}
