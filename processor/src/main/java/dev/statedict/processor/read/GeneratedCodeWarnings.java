package dev.statedict.processor.read;

import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MigrationMethod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Tells which warnings generated code cannot avoid, because of what it uses. */
final class GeneratedCodeWarnings {
    private static final String DEPRECATED = Deprecated.class.getCanonicalName();

    private GeneratedCodeWarnings() {}

    static List<String> of(TypeElement type, List<Member> members) {
        Set<String> warnings = new TreeSet<>();
        Element outermost = type;
        for (Element element = type; element instanceof TypeElement; element = element.getEnclosingElement()) {
            addDeprecation(element, warnings);
            outermost = element;
        }
        if (!outermost.getModifiers().contains(Modifier.PUBLIC)) {
            // it may share a source file with another class
            warnings.add("auxiliaryclass");
            // which Eclipse's compiler does not know, and says so where it is not told to say nothing
            warnings.add("all");
        }
        Set<String> used = new HashSet<>();
        used.add(MigrationMethod.NAME);
        for (Member member : members) {
            used.add(member.field().name());
            if (member.field().access().accessor() != null) {
                used.add(member.field().access().accessor());
            }
            if (member.field().access().setter() != null) {
                used.add(member.field().access().setter().method());
            }
        }
        for (Element element : type.getEnclosedElements()) {
            if (used.contains(element.getSimpleName().toString())) {
                addDeprecation(element, warnings);
            }
        }
        return List.copyOf(warnings);
    }

    private static void addDeprecation(Element element, Set<String> warnings) {
        AnnotationMirror deprecated = Annotations.find(element, DEPRECATED);
        if (deprecated != null) {
            AnnotationValue forRemoval = Annotations.written(deprecated, "forRemoval");
            warnings.add(forRemoval != null && forRemoval.getValue().equals(true) ? "removal" : "deprecation");
        }
    }
}
