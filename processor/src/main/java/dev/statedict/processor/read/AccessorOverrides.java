package dev.statedict.processor.read;

import dev.statedict.processor.model.AccessorOverride;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds the methods of a class that override accessors of its superclasses' private members. */
final class AccessorOverrides {
    private AccessorOverrides() {}

    static List<AccessorOverride> of(TypeElement type, TypeElement superclass, List<Member> members) {
        List<AccessorOverride> overrides = new ArrayList<>();
        for (Member member : members) {
            String accessor = member.field().access().accessor();
            if (accessor == null || !member.is(FieldTrait.PRIVATE) || !member.isVisited()) {
                continue;
            }
            ExecutableElement overridden = method(superclass, accessor);
            ExecutableElement method = method(type, accessor);
            if (overridden != null
                    && method != null
                    && isSeen(overridden, superclass, type)
                    && !Annotations.suppressStatedict(method)) {
                overrides.add(new AccessorOverride(
                        ClassNames.of(type).display() + '.' + accessor + "()", member, Place.of(method)));
            }
        }
        return overrides;
    }

    private static @Nullable ExecutableElement method(TypeElement type, String name) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals(name)
                        && method.getParameters().isEmpty()
                        && !method.getModifiers().contains(Modifier.STATIC)
                        && !method.getModifiers().contains(Modifier.PRIVATE))
                .findFirst()
                .orElse(null);
    }

    /** What only a package sees can only be overridden there. */
    private static boolean isSeen(ExecutableElement method, TypeElement owner, TypeElement type) {
        Set<Modifier> modifiers = method.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                || modifiers.contains(Modifier.PROTECTED)
                || ClassNames.of(owner).packageName().equals(ClassNames.of(type).packageName());
    }
}
