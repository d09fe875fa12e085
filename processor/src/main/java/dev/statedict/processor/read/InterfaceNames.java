package dev.statedict.processor.read;

import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The names of the generated interfaces, and whose they are. Names alone are kept, so it may outlive the round. */
public final class InterfaceNames {
    private static final List<String> JAVA_LANG = List.of("String", "Override", "SuppressWarnings");

    private final Elements elements;
    private final Map<String, ModuleName> owners = new HashMap<>();
    private final Set<ModuleName> claimants = new HashSet<>();
    private final Set<String> simpleNames = new HashSet<>();
    private final Map<String, Boolean> hidingJavaLang = new HashMap<>();

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
        owners.putIfAbsent(module.interfaceInModule(), module);
        claimants.add(module);
        simpleNames.add(module.interfaceName());
    }

    /** The class of a name, as this round sees it; null for a class that no other source file can name. */
    public @Nullable TypeElement classOf(ModuleName module) {
        return classNamed(module.qualified(), module);
    }

    private @Nullable TypeElement classNamed(String qualified, ModuleName neighbour) {
        ModuleElement home = elements.getModuleElement(neighbour.javaModule());
        return home == null ? elements.getTypeElement(qualified) : elements.getTypeElement(home, qualified);
    }

    /** Whether the package has a class called like one of {@code java.lang} that generated code names. */
    boolean hidesJavaLang(ModuleName module) {
        return hidingJavaLang.computeIfAbsent(
                module.javaModule() + '/' + module.packageName(),
                none -> JAVA_LANG.stream().anyMatch(name -> classNamed(module.inPackage(name), module) != null));
    }

    /** Whether an interface of that name is, or is being, generated. */
    boolean isClaimed(String simpleName) {
        return simpleNames.contains(simpleName);
    }

    /** The other module that has the name of a module's interface; null when there is none. */
    @Nullable
    ModuleName rivalOf(ModuleName module) {
        ModuleName owner = owners.get(module.interfaceInModule());
        return module.equals(owner) ? compiledRivalOf(module) : owner;
    }

    /** A module of an earlier compilation, such as {@code Model.Block} beside {@code Model_Block}. */
    private @Nullable ModuleName compiledRivalOf(ModuleName module) {
        String name = module.joinedName();
        for (int end = name.indexOf('_'); end >= 0; end = end == name.length() ? -1 : after(end, name)) {
            TypeElement outermost = end == 0 ? null : classNamed(module.inPackage(name.substring(0, end)), module);
            ModuleName rival = outermost == null ? null : rivalIn(outermost, name.substring(end));
            if (rival != null) {
                return rival;
            }
        }
        return null;
    }

    /** The next underscore, or else the end. */
    private static int after(int underscore, String name) {
        int next = name.indexOf('_', underscore + 1);
        return next < 0 ? name.length() : next;
    }

    private @Nullable ModuleName rivalIn(TypeElement type, String rest) {
        if (rest.isEmpty()) {
            ModuleName found = ClassNames.of(type);
            boolean another = !claimants.contains(found) && Annotations.find(type, RuntimeNames.STATE_MODULE) != null;
            return another ? found : null;
        }
        for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
            String prefix = "_" + nested.getSimpleName();
            ModuleName rival = rest.startsWith(prefix) ? rivalIn(nested, rest.substring(prefix.length())) : null;
            if (rival != null) {
                return rival;
            }
        }
        return null;
    }

    /** Whether a class has the name of a module's interface, other than what an earlier compilation generated. */
    boolean isTaken(ModuleName module, TypeElement type) {
        TypeElement existing = find(module, type);
        return existing != null && !isGenerated(existing);
    }

    /** Whether the interface of a class exists, or is being generated. */
    boolean isGenerated(ModuleName module, TypeElement type) {
        return owners.containsKey(module.interfaceInModule()) || find(module, type) != null;
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
