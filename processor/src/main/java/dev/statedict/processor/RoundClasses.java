package dev.statedict.processor;

import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.read.ImplementationReader;
import dev.statedict.processor.read.ModuleReader;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Which classes of a round there is something to do for. */
final class RoundClasses {
    private RoundClasses() {}

    static void add(
            Set<? extends TypeElement> annotations,
            RoundEnvironment round,
            ModuleReader reader,
            Map<ModuleName, TypeElement> types) {
        addAnnotated(annotations, round, types);
        addHeirs(round.getRootElements(), reader, types);
    }

    /** Classes, and classes around annotated fields, in source order. */
    private static void addAnnotated(
            Set<? extends TypeElement> annotations, RoundEnvironment round, Map<ModuleName, TypeElement> types) {
        for (Element element : round.getElementsAnnotatedWithAny(annotations.toArray(TypeElement[]::new))) {
            Element type = element instanceof TypeElement ? element : element.getEnclosingElement();
            if (type instanceof TypeElement found) {
                types.putIfAbsent(ModuleReader.nameOf(found), found);
            }
        }
    }

    /**
     * Classes that are modules by a superclass's annotation, which not every compiler counts as theirs, and those that
     * were modules once.
     */
    private static void addHeirs(
            Collection<? extends Element> elements, ModuleReader reader, Map<ModuleName, TypeElement> types) {
        for (TypeElement type : ElementFilter.typesIn(elements)) {
            if (reader.mayBeModule(type) || ImplementationReader.implementsStale(type)) {
                types.putIfAbsent(ModuleReader.nameOf(type), type);
            }
            addHeirs(type.getEnclosedElements(), reader, types);
        }
    }
}
