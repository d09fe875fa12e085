package dev.statedict.processor.read;

import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The names of the generated interfaces, and whose they are. Names alone are kept, so it may outlive the round. */
public final class InterfaceNames {
    private final Elements elements;
    private final Map<String, ModuleName> owners = new HashMap<>();
    private final Set<String> simpleNames = new HashSet<>();

    public InterfaceNames(Elements elements) {
        this.elements = elements;
    }

    /**
     * Gives each of the classes the name of its interface, unless another class has it already. Of two that want one name
     * the outermost has it, in whatever order they come.
     */
    public void claim(Collection<ModuleName> modules) {
        modules.stream()
                .sorted(Comparator.comparing((ModuleName name) -> name.parts().size())
                        .thenComparing(ModuleName::qualified))
                .forEach(this::claim);
    }

    private void claim(ModuleName module) {
        owners.putIfAbsent(module.qualifiedInterfaceName(), module);
        simpleNames.add(module.interfaceName());
    }

    /** Whether an interface of that name is, or is being, generated. */
    boolean isClaimed(String simpleName) {
        return simpleNames.contains(simpleName);
    }

    /** The other module that has the name of a module's interface; null when there is none. */
    @Nullable
    ModuleName rivalOf(ModuleName module) {
        ModuleName owner = owners.get(module.qualifiedInterfaceName());
        return module.equals(owner) ? null : owner;
    }

    /** Whether a class has the name of a module's interface, other than what an earlier compilation generated. */
    boolean isTaken(ModuleName module, TypeElement type) {
        TypeElement existing = find(module, type);
        return existing != null && !isGenerated(existing);
    }

    /** Whether the interface of a class exists, or is being generated. */
    boolean isGenerated(ModuleName module, TypeElement type) {
        return owners.containsKey(module.qualifiedInterfaceName()) || find(module, type) != null;
    }

    static boolean isGenerated(TypeElement type) {
        return Annotations.find(type, RuntimeNames.GENERATED) != null;
    }

    private @Nullable TypeElement find(ModuleName module, TypeElement type) {
        ModuleElement home = elements.getModuleOf(type);
        String name = module.qualifiedInterfaceName();
        return home == null ? elements.getTypeElement(name) : elements.getTypeElement(home, name);
    }
}
