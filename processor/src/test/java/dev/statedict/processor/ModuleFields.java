package dev.statedict.processor;

import dev.statedict.tensor.Tensor;
import java.lang.reflect.Field;

/** The fields of compiled modules, which tests read and write as the module's own code would. */
final class ModuleFields {
    private ModuleFields() {}

    /** The value at a path of field names, such as {@code a.b.w}; a name that begins with a digit has an underscore. */
    static Object get(Object module, String path) {
        Object value = module;
        for (String name : path.split("\\.")) {
            try {
                value = field(value, name).get(value);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return value;
    }

    static void set(Object module, String field, Tensor tensor) {
        try {
            field(module, field).set(module, tensor);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Object module, String name) {
        try {
            Field field = module.getClass().getDeclaredField(ModuleNotation.field(name));
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
