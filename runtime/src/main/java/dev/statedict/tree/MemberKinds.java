package dev.statedict.tree;

import dev.statedict.Role;
import dev.statedict.Stateful;
import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the many kinds of members that a visitor is told of down to five, and leaves out those that are null. */
public abstract class MemberKinds extends MemberVisitor {
    /** A list, array or map, which holds tensors, or arrays or objects that are seen as such, and no modules. */
    record TensorContainer(Role role, Object container) {}

    /** A container that was asked, and holds modules among whatever else. */
    record Asked(Object container) {}

    protected abstract void parameterTensor(String name, Tensor value);

    /** A parameter that is an array of primitives, or an array of arrays of them. */
    protected abstract void parameterArray(String name, Object value);

    /** A parameter that is a primitive: its value, boxed. */
    protected abstract void parameterPrimitive(String name, Object value);

    /** A buffer: a tensor, an array of primitives or of arrays of them, or the value of a primitive, boxed. */
    protected abstract void anyBuffer(String name, Object value);

    /** A module, where what tells it is known to be one. */
    protected abstract void child(String name, Stateful module);

    /**
     * A module, a {@link TensorContainer}, a list, array or map of modules, an {@code Optional} of a module or these, or an
     * {@link Asked} container.
     */
    protected abstract void anyChild(String name, Object value);

    /** Extra state, which may be null, of type {@code String} or {@code Map}. */
    protected abstract void anyExtraState(Class<?> type, @Nullable Object value);

    /** A member that is null, or an empty {@code Optional}, and so left out. */
    protected void absent(String name) {
        takeAccessor(name);
    }

    private void bufferUnlessNull(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else {
            anyBuffer(name, value);
        }
    }

    private void childUnlessNull(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else {
            anyChild(name, value);
        }
    }

    private void tensorsUnlessNull(String name, Role role, @Nullable Object container) {
        childUnlessNull(name, container == null ? null : new TensorContainer(role, container));
    }

    /** A tensor, an array, or a number, boxed; null where there is none. */
    private @Nullable Object held(String name, @Nullable Optional<?> optional) {
        Object value = optional == null ? null : optional.orElse(null);
        if (value == null || value instanceof Tensor || value.getClass().isArray() || PrimitiveType.isBoxed(value)) {
            return value;
        }
        if (value instanceof AsTensor other) {
            announce(name, other);
            return SeenTensor.of(name, other);
        }
        throw SeenTensor.none(name, value);
    }

    @Override
    public final void parameter(String name, @Nullable Tensor value) {
        tensorParameter(name, value);
    }

    @Override
    public final void tensorParameter(String name, @Nullable Tensor value) {
        if (value == null) {
            absent(name);
        } else {
            parameterTensor(name, value);
        }
    }

    private void arrayUnlessNull(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else {
            parameterArray(name, value);
        }
    }

    private void primitiveUnlessNull(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else {
            parameterPrimitive(name, value);
        }
    }

    @Override
    public final void parameter(String name, float @Nullable [] value) {
        arrayUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, double @Nullable [] value) {
        arrayUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, int @Nullable [] value) {
        arrayUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, long @Nullable [] value) {
        arrayUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, boolean @Nullable [] value) {
        arrayUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, @Nullable Object @Nullable [] rows) {
        arrayUnlessNull(name, rows);
    }

    @Override
    public final void parameter(String name, @Nullable AsTensor value) {
        announce(name, value);
        parameter(name, SeenTensor.of(name, value));
    }

    @Override
    public final void parameter(String name, boolean value) {
        parameterPrimitive(name, value);
    }

    @Override
    public final void parameter(String name, int value) {
        parameterPrimitive(name, value);
    }

    @Override
    public final void parameter(String name, long value) {
        parameterPrimitive(name, value);
    }

    @Override
    public final void parameter(String name, float value) {
        parameterPrimitive(name, value);
    }

    @Override
    public final void parameter(String name, double value) {
        parameterPrimitive(name, value);
    }

    @Override
    public final void parameter(String name, @Nullable Number value) {
        primitiveUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, @Nullable Boolean value) {
        primitiveUnlessNull(name, value);
    }

    @Override
    public final void parameter(String name, @Nullable Optional<?> value) {
        Object held = held(name, value);
        if (held instanceof Tensor tensor) {
            parameterTensor(name, tensor);
        } else if (held != null && PrimitiveType.isBoxed(held)) {
            parameterPrimitive(name, held);
        } else {
            arrayUnlessNull(name, held);
        }
    }

    @Override
    public final void parameters(String name, @Nullable List<?> values) {
        tensorsUnlessNull(name, Role.PARAMETER, values);
    }

    @Override
    public final void parameters(String name, @Nullable Object @Nullable [] values) {
        tensorsUnlessNull(name, Role.PARAMETER, values);
    }

    @Override
    public final void parameters(String name, @Nullable Map<String, ?> values) {
        tensorsUnlessNull(name, Role.PARAMETER, values);
    }

    @Override
    public final void buffer(String name, @Nullable Tensor value) {
        tensorBuffer(name, value);
    }

    @Override
    public final void tensorBuffer(String name, @Nullable Tensor value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, float @Nullable [] value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, double @Nullable [] value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, int @Nullable [] value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, long @Nullable [] value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, boolean @Nullable [] value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void buffer(String name, @Nullable Object @Nullable [] rows) {
        bufferUnlessNull(name, rows);
    }

    @Override
    public final void buffer(String name, @Nullable AsTensor value) {
        announce(name, value);
        bufferUnlessNull(name, SeenTensor.of(name, value));
    }

    @Override
    public final void buffer(String name, @Nullable Optional<?> value) {
        bufferUnlessNull(name, held(name, value));
    }

    @Override
    public final void buffers(String name, @Nullable List<?> values) {
        tensorsUnlessNull(name, Role.BUFFER, values);
    }

    @Override
    public final void buffers(String name, @Nullable Object @Nullable [] values) {
        tensorsUnlessNull(name, Role.BUFFER, values);
    }

    @Override
    public final void buffers(String name, @Nullable Map<String, ?> values) {
        tensorsUnlessNull(name, Role.BUFFER, values);
    }

    @Override
    public final void counter(String name, boolean value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, int value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, long value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, float value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, double value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, @Nullable Number value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, @Nullable Boolean value) {
        bufferUnlessNull(name, value);
    }

    @Override
    public final void counter(String name, @Nullable Optional<?> value) {
        bufferUnlessNull(name, held(name, value));
    }

    @Override
    public final void extraState(@Nullable String value) {
        anyExtraState(String.class, value);
    }

    @Override
    public final void extraState(@Nullable Map<String, String> value) {
        anyExtraState(Map.class, value);
    }

    @Override
    public final void submodule(String name, @Nullable Stateful module) {
        if (module == null) {
            absent(name);
        } else {
            child(name, module);
        }
    }

    @Override
    public final void submodule(String name, @Nullable Optional<? extends Stateful> module) {
        childUnlessNull(name, module);
    }

    @Override
    public final void submodule(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else if (value instanceof Stateful module) {
            child(name, module);
        } else if (ModuleSearch.holdsModule(value)) {
            anyChild(name, new Asked(value));
        } else {
            takeAccessor(name);
        }
    }

    @Override
    public final void submodules(String name, @Nullable List<?> modules) {
        childUnlessNull(name, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Object @Nullable [] modules) {
        childUnlessNull(name, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Map<String, ?> modules) {
        childUnlessNull(name, modules);
    }

    @Override
    public final void submodules(String name, @Nullable Optional<?> modules) {
        childUnlessNull(name, modules);
    }
}
