package dev.statedict.processor.read;

import dev.statedict.processor.model.Implementation;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Reads what a module class implements. This is done a round after its interface was generated: before that, compilers
 * differ in what they say of a type that does not exist.
 */
public final class ImplementationReader {
    private ImplementationReader() {}

    public static Implementation read(TypeElement type, boolean needed) {
        ModuleName name = ClassNames.of(type);
        Map<String, TypeElement> interfaces = new LinkedHashMap<>();
        collectInterfaces(type, interfaces);
        Set<String> rightful = new HashSet<>();
        for (TypeElement above = type; above != null; above = Superclasses.of(above)) {
            rightful.add(ClassNames.of(above).qualifiedInterfaceName());
        }
        String foreign = interfaces.values().stream()
                .filter(InterfaceNames::isGenerated)
                .filter(each -> !rightful.contains(each.getQualifiedName().toString()))
                .map(each -> each.getQualifiedName().toString())
                .findFirst()
                .orElse(null);
        boolean own = interfaces.containsKey(name.qualifiedInterfaceName());
        return new Implementation(name, needed, own, foreign, Place.of(type));
    }

    /** Whether a class implements an interface that was generated for it when it was a module. */
    public static boolean implementsStale(TypeElement type) {
        String own = ClassNames.of(type).qualifiedInterfaceName();
        return type.getInterfaces().stream()
                .filter(each -> each.getKind() == TypeKind.DECLARED)
                .map(each -> (TypeElement) ((DeclaredType) each).asElement())
                .anyMatch(each -> each.getQualifiedName().contentEquals(own) && InterfaceNames.isGenerated(each));
    }

    /**
     * Whether a cast to the class compiles in the interface that is about to be generated: a final class must implement
     * it. Before the interface exists one can only tell that nothing is there that could become it.
     */
    static boolean mayImplement(TypeElement type, ModuleName name) {
        return !type.getModifiers().contains(Modifier.FINAL)
                || type.getInterfaces().stream().anyMatch(each -> mayLeadTo(each, name));
    }

    private static boolean mayLeadTo(TypeMirror type, ModuleName name) {
        if (type.getKind() != TypeKind.DECLARED) {
            return true;
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        return element.getQualifiedName().contentEquals(name.qualifiedInterfaceName())
                || element.getInterfaces().stream().anyMatch(each -> mayLeadTo(each, name));
    }

    private static void collectInterfaces(TypeElement type, Map<String, TypeElement> found) {
        for (TypeMirror supertype : type.getInterfaces()) {
            if (supertype.getKind() == TypeKind.DECLARED) {
                TypeElement element = (TypeElement) ((DeclaredType) supertype).asElement();
                if (found.putIfAbsent(element.getQualifiedName().toString(), element) == null) {
                    collectInterfaces(element, found);
                }
            }
        }
    }
}
