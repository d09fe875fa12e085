package dev.statedict;

import dev.statedict.tensor.AsTensor;
import dev.statedict.tensor.Tensor;
import dev.statedict.tree.MemberVisitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is told the members of a module by {@link Stateful#visitState}. Members may be named in any order: they are grouped as
 * PyTorch groups them, parameters, then buffers, then submodules, each in the order of the calls. A member that is
 * {@code null} is left out.
 *
 * <p>Generated and hand-written modules call it; only the library implements it.
 */
public abstract sealed class StateVisitor permits MemberVisitor {
    /** For the library. */
    protected StateVisitor() {}

    /**
     * A parameter held in a field.
     *
     * @param name its key within the module
     * @param value the field's tensor; under {@link Policy#ALIAS} this very object becomes the entry
     */
    public abstract void parameter(String name, @Nullable Tensor value);

    /**
     * The same as {@link #parameter(String, Tensor)}. Generated code calls it: of a name that no other method has, javac
     * need not look through sixteen others.
     *
     * @param name its key within the module
     * @param value the field's tensor, of which under {@link Policy#ALIAS} this very object becomes the entry; null has none
     */
    public abstract void tensorParameter(String name, @Nullable Tensor value);

    /**
     * A parameter held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void parameter(String name, float @Nullable [] value);

    /**
     * A parameter held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void parameter(String name, double @Nullable [] value);

    /**
     * A parameter held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void parameter(String name, int @Nullable [] value);

    /**
     * A parameter held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void parameter(String name, long @Nullable [] value);

    /**
     * A parameter held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void parameter(String name, boolean @Nullable [] value);

    /**
     * A parameter held as an array of arrays, such as a {@code double[][]}, seen as one tensor that lies on the very rows.
     *
     * @param name its key within the module
     * @param rows the field's array: of {@code float}, {@code double}, {@code int}, {@code long} or {@code boolean}, at
     *     any depth
     * @throws IllegalStateException if it is not rectangular, or null in part
     */
    public abstract void parameter(String name, @Nullable Object @Nullable [] rows);

    /**
     * A parameter held as an object that is seen as a tensor.
     *
     * @param name its key within the module
     * @param value the field's object; its tensor becomes the entry
     */
    public abstract void parameter(String name, @Nullable AsTensor value);

    /**
     * A parameter of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, boolean value);

    /**
     * A parameter of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, int value);

    /**
     * A parameter of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, long value);

    /**
     * A parameter of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, float value);

    /**
     * A parameter of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, double value);

    /**
     * A parameter that is a boxed number, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now: a {@code Float}, {@code Double}, {@code Integer} or {@code Long}
     * @throws IllegalArgumentException if it is any other number
     */
    public abstract void parameter(String name, @Nullable Number value);

    /**
     * A parameter that is a boxed boolean, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void parameter(String name, @Nullable Boolean value);

    /**
     * A parameter that may be absent.
     *
     * @param name its key within the module
     * @param value the field's tensor, array, array of arrays, {@link AsTensor} or boxed number, if any
     */
    public abstract void parameter(String name, @Nullable Optional<?> value);

    /**
     * A list of parameters (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by index below {@code name} (PyTorch's {@code ParameterList}).
     *
     * @param name the list's name within the module
     * @param values the list itself: loading under {@link Policy#ALIAS} sets its elements
     */
    public abstract void parameters(String name, @Nullable List<?> values);

    /**
     * An array of parameters (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by index below {@code name} (PyTorch's {@code ParameterList}).
     *
     * @param name the array's name within the module
     * @param values the array itself: loading under {@link Policy#ALIAS} sets its elements
     */
    public abstract void parameters(String name, @Nullable Object @Nullable [] values);

    /**
     * A map of parameters (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by their keys below {@code name} (PyTorch's {@code ParameterDict}).
     *
     * @param name the map's name within the module
     * @param values the map itself: loading under {@link Policy#ALIAS} replaces its values
     */
    public abstract void parameters(String name, @Nullable Map<String, ?> values);

    /**
     * A buffer held in a field.
     *
     * @param name its key within the module
     * @param value the field's tensor; under {@link Policy#ALIAS} this very object becomes the entry
     */
    public abstract void buffer(String name, @Nullable Tensor value);

    /**
     * The same as {@link #buffer(String, Tensor)}, for generated code, as {@link #tensorParameter} is.
     *
     * @param name its key within the module
     * @param value the field's tensor, of which under {@link Policy#ALIAS} this very object becomes the entry; null has none
     */
    public abstract void tensorBuffer(String name, @Nullable Tensor value);

    /**
     * A buffer held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void buffer(String name, float @Nullable [] value);

    /**
     * A buffer held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void buffer(String name, double @Nullable [] value);

    /**
     * A buffer held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void buffer(String name, int @Nullable [] value);

    /**
     * A buffer held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void buffer(String name, long @Nullable [] value);

    /**
     * A buffer held as an array, seen as a one-dimensional tensor that shares it.
     *
     * @param name its key within the module
     * @param value the field's array
     */
    public abstract void buffer(String name, boolean @Nullable [] value);

    /**
     * A buffer held as an array of arrays, such as a {@code double[][]}, seen as one tensor that lies on the very rows.
     *
     * @param name its key within the module
     * @param rows the field's array: of {@code float}, {@code double}, {@code int}, {@code long} or {@code boolean}, at
     *     any depth
     * @throws IllegalStateException if it is not rectangular, or null in part
     */
    public abstract void buffer(String name, @Nullable Object @Nullable [] rows);

    /**
     * A buffer held as an object that is seen as a tensor.
     *
     * @param name its key within the module
     * @param value the field's object; its tensor becomes the entry
     */
    public abstract void buffer(String name, @Nullable AsTensor value);

    /**
     * A buffer that may be absent.
     *
     * @param name its key within the module
     * @param value the field's tensor, array, array of arrays, {@link AsTensor} or boxed number, if any
     */
    public abstract void buffer(String name, @Nullable Optional<?> value);

    /**
     * A list of buffers (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by index below {@code name}.
     *
     * @param name the list's name within the module
     * @param values the list itself: loading under {@link Policy#ALIAS} sets its elements
     */
    public abstract void buffers(String name, @Nullable List<?> values);

    /**
     * An array of buffers (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by index below {@code name}.
     *
     * @param name the array's name within the module
     * @param values the array itself: loading under {@link Policy#ALIAS} sets its elements
     */
    public abstract void buffers(String name, @Nullable Object @Nullable [] values);

    /**
     * A map of buffers (tensors, arrays, arrays of arrays, {@link AsTensor}s or boxed numbers), keyed by their keys below {@code name}.
     *
     * @param name the map's name within the module
     * @param values the map itself: loading under {@link Policy#ALIAS} replaces its values
     */
    public abstract void buffers(String name, @Nullable Map<String, ?> values);

    /**
     * A buffer of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, boolean value);

    /**
     * A buffer of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, int value);

    /**
     * A buffer of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, long value);

    /**
     * A buffer of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, float value);

    /**
     * A buffer of primitive type, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, double value);

    /**
     * A buffer that is a boxed number, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now: a {@code Float}, {@code Double}, {@code Integer} or {@code Long}
     * @throws IllegalArgumentException if it is any other number
     */
    public abstract void counter(String name, @Nullable Number value);

    /**
     * A buffer that is a boxed boolean, seen as a 0-d tensor of its value now; loading assigns it.
     *
     * @param name its key within the module
     * @param value its value now
     */
    public abstract void counter(String name, @Nullable Boolean value);

    /**
     * A buffer that is a boxed number and may be absent.
     *
     * @param name its key within the module
     * @param value its value now, if any
     */
    public abstract void counter(String name, @Nullable Optional<?> value);

    /**
     * Says that what the module tells are its own fields, but for members that {@link #accessor} announces. Generated code
     * says so. A module that does not may hand out copies without knowing, and is therefore told twice where that matters:
     * while a load is planned, and when an {@link Policy#ALIAS} dict is made. Two answers on different arrays are refused.
     *
     * @param module the module that is being visited
     */
    public abstract void fields(Stateful module);

    /**
     * Says more than {@link #fields}: that each member is read from a field, that no two have one name, and that they
     * follow in PyTorch's order: parameters, buffers, extra state, then submodules and all containers. Generated code
     * says so, always, of a class whose members are such: nothing told need be kept until the rest is known then. Where it is
     * not true nobody finds out, and two members may share a key: a module written by hand calls {@link #fields} instead.
     *
     * @param module the module that is being visited
     * @param type the class of which this is true; of a subclass, which may tell more, {@link #fields} alone is
     */
    public abstract void fieldsInOrder(Stateful module, Class<?> type);

    /**
     * Says that a member, which is told next, is read through an accessor. What that throws is reported as of this member,
     * and whether it hands out copies is found out.
     *
     * @param name the member's key within the module
     * @param accessor the method as messages name it, for example {@code Linear.getWeight()}
     */
    public abstract void accessor(String name, String accessor);

    /**
     * Declares that a member is tied to another one. The tie is checked when a dict is made or loaded, and a dict that
     * has only one of the two names satisfies both.
     *
     * @param name the member's key within this module; nothing is declared while the member is null
     * @param other the other's key as seen from this module, for example {@code "embed.weight"}
     */
    public abstract void tiedTo(String name, String other);

    /**
     * The version of this module's class, where it is not 1.
     *
     * @param version the current version
     */
    public abstract void version(int version);

    /**
     * The version of this module's class, and the way from earlier ones.
     *
     * @param version the current version
     * @param migration brings state of an earlier version to the current one
     */
    public abstract void version(int version, StateMigration migration);

    /**
     * A name that a member had in the past, under which a dict may still have it.
     *
     * @param name the member's key within this module
     * @param oldName its former key
     */
    public abstract void formerly(String name, String oldName);

    /**
     * Keys that this module had in the past and has no more.
     *
     * @param pattern a glob on keys as seen from this module
     */
    public abstract void retired(String pattern);

    /**
     * The version of this module's class that first had a member. A dict of an earlier version may lack it; the module
     * then keeps its own value.
     *
     * @param name the member's key within this module
     * @param version the version
     */
    public abstract void addedIn(String name, int version);

    /**
     * The declared shape of a member, which loading checks; a symbol stands for one size throughout the module.
     *
     * @param name the member's key within this module
     * @param sizes a size or a symbol for each dimension, for example {@code "out", "in"}; none for a 0-d tensor
     */
    public abstract void shape(String name, String... sizes);

    /**
     * Extra state of this module that is no tensor (PyTorch's {@code get_extra_state}).
     *
     * @param value its value now; null is state too
     */
    public abstract void extraState(@Nullable String value);

    /**
     * Extra state of this module that is no tensor (PyTorch's {@code get_extra_state}).
     *
     * @param value its value now, copied; null is state too
     */
    public abstract void extraState(@Nullable Map<String, String> value);

    /**
     * A submodule held in a field.
     *
     * @param name its name within the module
     * @param module the submodule
     */
    public abstract void submodule(String name, @Nullable Stateful module);

    /**
     * A submodule that may be absent.
     *
     * @param name its name within the module
     * @param module the submodule, if any
     */
    public abstract void submodule(String name, @Nullable Optional<? extends Stateful> module);

    /**
     * What a field holds whose type does not tell whether that is a module: where it is one, it is a submodule. In a list,
     * an array, a map or an optional, at any depth, each module is one, and an element that is none leaves a gap in the
     * indices, as an activation does in PyTorch's {@code Sequential}.
     *
     * @param name the field's name within the module
     * @param value its value: a module, a container, or anything else, which is left out
     * @throws IllegalStateException when a module lies where it has no name: in a set or another collection, under a key
     *     that is no string, or as a key
     */
    public abstract void submodule(String name, @Nullable Object value);

    /**
     * A list of submodules, or of containers of them, keyed by index below {@code name} (PyTorch's {@code ModuleList}).
     *
     * @param name the list's name within the module
     * @param modules its elements: modules, or lists, arrays, maps and optionals of them, at any depth
     * @throws IllegalArgumentException when an element is anything else
     */
    public abstract void submodules(String name, @Nullable List<?> modules);

    /**
     * An array of submodules, or of containers of them, keyed by index below {@code name} (PyTorch's
     * {@code ModuleList}).
     *
     * @param name the array's name within the module
     * @param modules its elements: modules, or lists, arrays, maps and optionals of them, at any depth
     * @throws IllegalArgumentException when an element is anything else
     */
    public abstract void submodules(String name, @Nullable Object @Nullable [] modules);

    /**
     * A map of submodules, or of containers of them, keyed by their keys below {@code name} (PyTorch's
     * {@code ModuleDict}).
     *
     * @param name the map's name within the module
     * @param modules its values: modules, or lists, arrays, maps and optionals of them, at any depth
     * @throws IllegalArgumentException when an element is anything else
     */
    public abstract void submodules(String name, @Nullable Map<String, ?> modules);

    /**
     * An optional container of submodules, keyed as the container is.
     *
     * @param name its name within the module
     * @param modules a list, array or map of modules, at any depth, if any
     * @throws IllegalArgumentException when it holds anything else
     */
    public abstract void submodules(String name, @Nullable Optional<?> modules);
}
