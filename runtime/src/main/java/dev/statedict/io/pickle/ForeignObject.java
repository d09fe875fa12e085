package dev.statedict.io.pickle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands for a name that is not on the closed list, and for whatever a pickle would make by it: nothing is looked up,
 * called or executed, and what it is made of is dropped. Equal to itself alone.
 */
public final class ForeignObject {
    /** How Python's own {@code copyreg} makes an object: the class is an argument. */
    private static final Set<String> MAKERS = Set.of(
            "copy_reg._reconstructor",
            "copyreg._reconstructor",
            "copy_reg.__newobj__",
            "copyreg.__newobj__",
            "copyreg.__newobj_ex__");

    private final String name;
    private boolean isModule;

    /**
     * Stands for a name.
     *
     * @param name the Python name, with its module
     */
    public ForeignObject(String name) {
        this.name = name;
    }

    /** What a call of this would make. */
    ForeignObject made(List<@Nullable Object> arguments) {
        boolean makes = MAKERS.contains(name) && !arguments.isEmpty();
        return new ForeignObject(makes && arguments.get(0) instanceof ForeignObject made ? made.name : name);
    }

    /** Is told what would become its attributes, or its items. */
    void build(@Nullable Object state) {
        isModule |= state instanceof PickledDict attributes
                && attributes.get("_modules") instanceof PickledDict
                && attributes.get("_parameters") instanceof PickledDict;
    }

    /** {@return the name of the class or function, with its module: {@code argparse.Namespace}} */
    public String name() {
        return name;
    }

    /** {@return whether it has the attributes of a {@code torch.nn.Module}} */
    public boolean isModule() {
        return isModule;
    }

    @Override
    public String toString() {
        return "<" + name + ">";
    }
}
