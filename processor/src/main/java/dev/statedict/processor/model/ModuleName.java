package dev.statedict.processor.model;

import java.util.List;
import java.util.StringJoiner;

/**
 * The name of a module class, and of the interface that is generated for it.
 *
 * @param javaModule the Java module; empty for the unnamed one
 * @param packageName the package; empty for the unnamed one
 * @param parts the enclosing classes from the outside in, then the class itself
 */
public record ModuleName(String javaModule, String packageName, List<Part> parts) {
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
        return joinedName() + "State";
    }

    /** The name as that of a top-level class, for example {@code Outer_Inner}. */
    public String joinedName() {
        return joined("_");
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
     * The name of the generated interface, told apart from those of other Java modules of the compilation.
     *
     * @return for example {@code com.example/com.example.Outer_InnerState}
     */
    public String interfaceInModule() {
        return javaModule + '/' + qualifiedInterfaceName();
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

    /** A name in the same package. */
    public String inPackage(String name) {
        return packageName.isEmpty() ? name : packageName + '.' + name;
    }
}
