package dev.statedict.io.manager;

import dev.statedict.StateAssigner;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tree.KeyOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Several modules as the submodules of one: a state dict has all their state, and a load of it is all or nothing over all of them. */
public final class Parts implements Stateful {
    private final Map<String, Stateful> parts;

    private Parts(Map<String, Stateful> parts) {
        this.parts = parts;
    }

    /**
     * Joins parts.
     *
     * @param parts the modules by name, read once; in their order if the map has one, else in that of the names
     * @return a module of them
     * @throws IllegalArgumentException when there is none, or a name cannot begin a key
     */
    public static Parts of(Map<String, ? extends Stateful> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no part; give one module at least, by a name such as \"model\"");
        }
        Map<String, Stateful> inOrder = new LinkedHashMap<>();
        KeyOrder.of(parts).forEach((name, part) -> {
            requireName((String) name);
            inOrder.put(
                    (String) name, Objects.requireNonNull((Stateful) part, () -> "the part \"" + name + "\" is null"));
        });
        return new Parts(inOrder);
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.equals(StateAssigner.EXTRA_STATE)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a part, of which its keys are made;"
                    + " give a word without dots, such as \"model\"");
        }
    }

    @Override
    public void visitState(StateVisitor visitor) {
        parts.forEach((name, part) -> visitor.submodule(name, part));
    }
}
