package dev.statedict.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of a module class.
 *
 * @param key its key within the module
 * @param kind what it is to the module
 * @param type its declared type as the source writes it, with simple names: {@code List<Tensor>}
 * @param module for a submodule whose class is known, that class's binary name
 * @param container whether it holds any number of what its kind says, each below a name of its own
 * @param optional whether it may be absent: an {@code Optional}, or declared nullable
 * @param persistent whether the state dict has it
 * @param shape the declared shape, sizes and symbols; null when none is declared
 * @param formerly its former keys
 * @param tiedTo the key of the member it is tied to, as seen from this module
 * @param addedIn the version of the class that first had it
 */
public record MemberSchema(
        String key,
        MemberKind kind,
        String type,
        @Nullable String module,
        boolean container,
        boolean optional,
        boolean persistent,
        @Nullable List<String> shape,
        List<String> formerly,
        @Nullable String tiedTo,
        int addedIn) {
    /** Copies the lists. */
    public MemberSchema {
        shape = shape == null ? null : List.copyOf(shape);
        formerly = List.copyOf(formerly);
    }

    /**
     * The key of the tensor that {@link #tiedTo} speaks of: of a submodule, the tensor with the other's last name.
     *
     * @return the key, within the module; null where nothing is tied
     */
    public @Nullable String tiedKey() {
        if (tiedTo == null) {
            return null;
        }
        return kind == MemberKind.SUBMODULE ? key + '.' + tiedTo.substring(tiedTo.lastIndexOf('.') + 1) : key;
    }
}
