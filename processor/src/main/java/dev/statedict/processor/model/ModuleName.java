package dev.statedict.processor.model;

import java.util.List;
import java.util.StringJoiner;

/**
 * The name of a module class, and of the interface that is generated for it.
 *
 * @param packageName the package; empty for the unnamed one
 * @param parts the enclosing classes from the outside in, then the class itself
 */
public record ModuleName(String packageName, List<Part> parts) {
    /** Copies the list. */
    public ModuleName {
        parts = List.copyOf(parts);
    }

    /**
     * One of the nested names.
     *
     * @param simpleName the name
     * @param typeParameters how many type parameters must be written with it, as {@code <?>}
     */
    public record Part(String simpleName, int typeParameters) {}

    /**
     * The name as source code in the same package writes it.
     *
     * @return for example {@code Outer.Inner}
     */
    public String display() {
        return joined(".");
    }

    /**
     * The canonical name.
     *
     * @return for example {@code com.example.Outer.Inner}
     */
    public String qualified() {
        return inPackage(display());
    }

    /**
     * The simple name of the generated interface.
     *
     * @return for example {@code Outer_InnerState}
     */
    public String interfaceName() {
        return joined("_") + "State";
    }

    /**
     * The canonical name of the generated interface.
     *
     * @return for example {@code com.example.Outer_InnerState}
     */
    public String qualifiedInterfaceName() {
        return inPackage(interfaceName());
    }

    /**
     * The name by which a class loader knows the class.
     *
     * @return for example {@code com.example.Outer$Inner}
     */
    public String binary() {
        return inPackage(joined("$"));
    }

    private String joined(String separator) {
        StringJoiner names = new StringJoiner(separator);
        for (Part part : parts) {
            names.add(part.simpleName());
        }
        return names.toString();
    }

    private String inPackage(String name) {
        return packageName.isEmpty() ? name : packageName + '.' + name;
    }
}
