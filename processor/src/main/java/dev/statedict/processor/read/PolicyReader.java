package dev.statedict.processor.read;

import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Policies;
import dev.statedict.processor.model.Policy;
import dev.statedict.processor.model.RuntimeNames;
import java.util.Arrays;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the policies of a module class, each on its own: what is written on the class, else on the nearest superclass
 * that writes it, else what the compilation says.
 */
final class PolicyReader {
    private final Policies compilation;

    PolicyReader(Policies compilation) {
        this.compilation = compilation;
    }

    Policies read(TypeElement module) {
        Policy stateDict = null;
        Policy loadStateDict = null;
        for (TypeElement type = module; type != null; type = Superclasses.of(type)) {
            AnnotationMirror annotation = Annotations.find(type, RuntimeNames.STATE_MODULE);
            if (annotation != null) {
                stateDict = stateDict != null ? stateDict : written(annotation, "stateDict");
                loadStateDict = loadStateDict != null ? loadStateDict : written(annotation, "loadStateDict");
            }
        }
        return new Policies(
                stateDict != null ? stateDict : compilation.stateDict(),
                loadStateDict != null ? loadStateDict : compilation.loadStateDict(),
                loadPlace(module));
    }

    private static @Nullable Place loadPlace(TypeElement module) {
        AnnotationMirror annotation = Annotations.find(module, RuntimeNames.STATE_MODULE);
        AnnotationValue value = annotation == null ? null : Annotations.written(annotation, "loadStateDict");
        return value == null ? null : new Place(module, annotation, value);
    }

    private static @Nullable Policy written(AnnotationMirror annotation, String element) {
        AnnotationValue value = Annotations.written(annotation, element);
        // a value that does not compile is no enum constant, or to Eclipse's compiler a wrong one: they report it
        return value != null && value.getValue() instanceof VariableElement constant
                ? Arrays.stream(Policy.values())
                        .filter(policy -> constant.getSimpleName().contentEquals(policy.name()))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
