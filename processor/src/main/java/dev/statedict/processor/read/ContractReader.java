package dev.statedict.processor.read;

import dev.statedict.processor.model.ContractMethod;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.RuntimeNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the methods of a class that have the signature of one of {@code Stateful}'s. */
final class ContractReader {
    private static final String MAP = Map.class.getCanonicalName();

    // through this one every load goes, so that an interface may stand around them all
    private static final String AROUND_EVERY_LOAD = signature("loadStateDict", MAP, RuntimeNames.LOAD_OPTIONS);

    private static final Set<String> SIGNATURES = Set.of(
            signature("stateDict"),
            signature("stateDict", RuntimeNames.POLICY),
            signature("loadStateDict", MAP),
            signature("loadStateDict", MAP, RuntimeNames.POLICY),
            AROUND_EVERY_LOAD,
            signature("parameters"),
            signature("namedParameters"),
            signature("visitState", RuntimeNames.STATE_VISITOR),
            signature("assignState", RuntimeNames.STATE_ASSIGNER));
    private static final Set<String> NAMES = SIGNATURES.stream()
            .map(signature -> signature.substring(0, signature.indexOf('(')))
            .collect(Collectors.toUnmodifiableSet());

    private ContractReader() {}

    /** The methods that the class declares; private ones too, for an override cannot be private. */
    static List<ContractMethod> declaredBy(TypeElement type) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> NAMES.contains(method.getSimpleName().toString()))
                .filter(method -> SIGNATURES.contains(signature(method)))
                .map(method -> new ContractMethod(ClassNames.of(type).display(), shown(method), placeOf(method, type)))
                .toList();
    }

    /** The methods that subclasses inherit from the class. */
    static List<ContractMethod> inheritedFrom(TypeElement type) {
        return declaredBy(type).stream()
                .filter(method -> !method.place().element().getModifiers().contains(Modifier.PRIVATE))
                .toList();
    }

    /**
     * The default methods of interfaces, the nearest first. Generated interfaces and {@code Stateful} are meant to have
     * them; what an interface leaves abstract is the generated one's to implement.
     */
    static List<ContractMethod> defaultsOf(TypeElement type) {
        Map<TypeElement, List<ContractMethod>> found = new LinkedHashMap<>();
        collectDefaults(type, found);
        return found.values().stream().flatMap(List::stream).toList();
    }

    private static void collectDefaults(TypeElement type, Map<TypeElement, List<ContractMethod>> found) {
        for (TypeMirror supertype : type.getInterfaces()) {
            if (supertype.getKind() != TypeKind.DECLARED) {
                continue;
            }
            TypeElement element = (TypeElement) ((DeclaredType) supertype).asElement();
            boolean ours = element.getQualifiedName().contentEquals(RuntimeNames.STATEFUL)
                    || InterfaceNames.isGenerated(element);
            if (!ours && !found.containsKey(element)) {
                found.put(
                        element,
                        declaredBy(element).stream()
                                .filter(method -> overrides(
                                        (ExecutableElement) method.place().element()))
                                .toList());
                collectDefaults(element, found);
            }
        }
    }

    private static boolean overrides(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.DEFAULT)
                && !signature(method).equals(AROUND_EVERY_LOAD);
    }

    /** A record's accessor may have no place in source: its component has. */
    private static Place placeOf(ExecutableElement method, TypeElement type) {
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(field -> type.getKind() == ElementKind.RECORD
                        && method.getParameters().isEmpty()
                        && field.getSimpleName().equals(method.getSimpleName()))
                .findFirst()
                .map(Place::of)
                .orElse(Place.of(method));
    }

    private static String shown(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> TypeText.of(parameter.asType()))
                .collect(Collectors.joining(", ", method.getSimpleName() + "(", ")"));
    }

    private static String signature(String name, String... parameters) {
        return name + '(' + String.join(",", parameters) + ')';
    }

    private static String signature(ExecutableElement method) {
        return method.getParameters().stream()
                .map(VariableElement::asType)
                .map(ContractReader::erasedName)
                .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
    }

    private static String erasedName(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .toString()
                : type.toString();
    }
}
