package dev.statedict.tensor;

import dev.statedict.codec.ArrayType;
import dev.statedict.codec.CodedTensor;
import dev.statedict.tensor.access.TensorAccess;
import org.jspecify.annotations.Nullable;

/** What this package lets the library's other rooms do with tensors. */
final class TensorDoor extends TensorAccess<Tensor> {
    /** How many elements are gathered before a run of theirs is told. */
    private static final int BLOCK = 1 << 14;

    @Override
    public int arrayCount(Tensor tensor) {
        return tensor.storageOrRows() instanceof RowArrays rows ? rows.rows.length : 1;
    }

    @Override
    public Object array(Tensor tensor, int index) {
        Object storage = tensor.storageOrRows();
        return storage instanceof RowArrays rows ? rows.rows[index] : storage;
    }

    @Override
    public @Nullable Object wholeArray(Tensor tensor) {
        Object storage = tensor.storageOrRows();
        Layout layout = tensor.layout();
        if (storage instanceof float[] floats) {
            // what most are: no call that depends on the type
            return layout.contiguous && floats.length == layout.numel ? floats : null;
        }
        boolean whole = !(storage instanceof RowArrays)
                && layout.contiguous
                && tensor.elementType().elements.length(storage) == layout.numel;
        return whole ? storage : null;
    }

    @Override
    public Object @Nullable [] wholeRows(Tensor tensor) {
        RowArrays rows = allRows(tensor);
        return rows == null ? null : rows.nest(tensor.elementType(), tensor.layout().shape);
    }

    @Override
    public boolean isAllOf(Tensor tensor, Object[] array) {
        RowArrays rows = allRows(tensor);
        return rows != null && rows.areThoseOf(array, tensor.layout().shape);
    }

    /** The rows of which a tensor is all elements in order, its last dimension one of them; else null. */
    private static @Nullable RowArrays allRows(Tensor tensor) {
        Layout layout = tensor.layout();
        return tensor.storageOrRows() instanceof RowArrays rows
                        && layout.contiguous
                        && layout.numel == rows.length()
                        && layout.dim() > 1
                        && layout.shape[layout.dim() - 1] == rows.rowLength
                ? rows
                : null;
    }

    @Override
    public boolean areTied(Tensor one, Tensor other) {
        return Sharing.areTied(one, other);
    }

    @Override
    public boolean mayOverlap(Tensor one, Tensor other) {
        return Sharing.mayOverlap(one, other);
    }

    @Override
    public boolean mayOverlapItself(Tensor tensor) {
        return tensor.numel() > 0
                && (tensor.layout().mayOverlapItself()
                        || tensor.storageOrRows() instanceof RowArrays rows && rows.hasRepeats());
    }

    @Override
    public Tensor wrap(Object array) {
        if (array instanceof float[] floats) {
            return Tensor.wrap(floats, floats.length);
        } else if (array instanceof Object[] rows) {
            return Tensor.wrapRows(rows);
        }
        ElementType type = ElementType.of(array);
        return Tensor.strided(type, array, Layout.contiguous(type.elements.length(array)));
    }

    @Override
    public boolean isEmpty(Object array) {
        return wrap(array).numel() == 0;
    }

    @Override
    public Tensor strided(Object array, int offset, int[] shape, int[] strides) {
        ElementType type = ElementType.of(array);
        return Tensor.strided(type, array, Layout.strided(offset, shape, strides, type.elements.length(array)));
    }

    @Override
    public Tensor[] copies(Tensor[] tensors) {
        return StorageCopies.of(tensors);
    }

    @Override
    public CodedTensor coded(Tensor tensor) {
        Layout layout = tensor.layout();
        boolean onRows = tensor.storageOrRows() instanceof RowArrays;
        Object[] arrays = {tensor.storageOrRows()};
        int rowLength = 0;
        if (tensor.storageOrRows() instanceof RowArrays rows) {
            arrays = rows.rows;
            rowLength = rows.rowLength;
        }
        return new CodedTensor(
                codedType(tensor.elementType()),
                arrays,
                onRows,
                rowLength,
                layout.offset,
                layout.shape,
                layout.strides);
    }

    private static ArrayType codedType(ElementType type) {
        return switch (type) {
            case F32 -> ArrayType.F32;
            case F64 -> ArrayType.F64;
            case I32 -> ArrayType.I32;
            case I64 -> ArrayType.I64;
            case BOOL -> ArrayType.BOOL;
        };
    }

    @Override
    public Tensor decoded(CodedTensor coded) {
        if (!coded.onRows()) {
            return strided(coded.arrays()[0], coded.offset(), coded.shape(), coded.strides());
        }
        RowArrays rows = new RowArrays(coded.arrays(), coded.rowLength());
        ElementType type = ElementType.valueOf(coded.type().name());
        return Tensor.strided(
                type, rows, Layout.strided(coded.offset(), coded.shape(), coded.strides(), rows.length()));
    }

    @Override
    public int convert(Tensor source, Tensor target, boolean rounding) {
        Object elements = wholeArray(target);
        if (elements == null || target.numel() != source.numel()) {
            throw new IllegalArgumentException("the target is another or a part of an array");
        }
        return ElementLoops.convert(
                source.elementType().elements,
                source.storageOrRows(),
                source.layout(),
                target.elementType().elements,
                elements,
                rounding);
    }

    @Override
    public void copyArray(Object source, Object target) {
        Elements<Object> elements = ElementType.F32.elements;
        if (!(source instanceof float[] && target instanceof float[])) {
            elements = ElementType.of(source).elements;
        }
        ArrayCopy.copy(elements, source, 0, target, 0, elements.length(source));
    }

    @Override
    public @Nullable Runnable preparedCopy(Tensor source, Tensor target) {
        return TensorCopy.prepared(source, target);
    }

    @Override
    public String text(Tensor tensor, int place) {
        return Conversion.text(tensor, Shape.indices(place, tensor.layout().shape));
    }

    @Override
    public <X extends Exception> void forEachRun(Tensor tensor, int first, int count, Run<X> run) throws X {
        if (count == 0) {
            return; // an empty view may begin behind the end of an empty array
        }
        Layout layout = tensor.layout();
        Object storage = tensor.storageOrRows();
        if (layout.contiguous && !(storage instanceof RowArrays)) {
            run.accept(storage, layout.offset + first, count);
            return;
        }
        Elements<Object> elements = tensor.elementType().elements;
        Object block = elements.newArray(Math.min(BLOCK, count));
        int gathered = 0;
        int before = first;
        int left = count;
        Runs runs = new Runs(storage, layout);
        for (int next; left > 0 && (next = runs.left()) > 0; runs.skip(next)) {
            if (before > 0) {
                next = Math.min(next, before);
                before -= next;
                continue;
            }
            next = Math.min(next, left);
            if (runs.step() == 1 && next >= BLOCK / 64) {
                if (gathered > 0) {
                    run.accept(block, 0, gathered);
                    gathered = 0;
                }
                run.accept(runs.array(), runs.at(), next);
            } else {
                next = Math.min(next, BLOCK - gathered);
                elements.copy(runs.array(), runs.at(), runs.step(), block, gathered, 1, next);
                gathered += next;
                if (gathered == BLOCK) {
                    run.accept(block, 0, gathered);
                    gathered = 0;
                }
            }
            left -= next;
        }
        if (gathered > 0) {
            run.accept(block, 0, gathered);
        }
    }
}
