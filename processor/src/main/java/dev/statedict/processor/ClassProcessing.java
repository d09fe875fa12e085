package dev.statedict.processor;

import dev.statedict.processor.checks.Checks;
import dev.statedict.processor.checks.ImplementationCheck;
import dev.statedict.processor.checks.OutsiderCheck;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.read.ImplementationReader;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.schema.SchemaOutput;
import dev.statedict.processor.write.InterfaceOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * What is done with a class: it is read and checked, and its interface and schema are written; in the next round, when the
 * interface exists, the class is held to implement it.
 */
final class ClassProcessing {
    private final ProblemReporter reporter;
    private final InterfaceOutput interfaces;
    private final SchemaOutput schemas;

    // by qualified name: classes whose interface was generated in the last round, and whether they need it
    private final Map<String, Boolean> generated = new LinkedHashMap<>();

    ClassProcessing(ProblemReporter reporter, InterfaceOutput interfaces, SchemaOutput schemas) {
        this.reporter = reporter;
        this.interfaces = interfaces;
        this.schemas = schemas;
    }

    void process(TypeElement type, ModuleReader reader) {
        if (reader.isAnnotated(type)) {
            process(reader.read(type));
        } else {
            OutsiderCheck.check(reader.membersOf(type)).forEach(reporter::report);
            OutsiderCheck.check(ModuleReader.nameOf(type), ModuleReader.retiredOf(type))
                    .ifPresent(reporter::report);
        }
    }

    private void process(ModuleModel module) {
        Checks.Verdict verdict = Checks.examine(module);
        verdict.problems().forEach(reporter::report);
        if (verdict.problems().isEmpty()) {
            schemas.put(module).forEach(reporter::report);
        }
        if (module.stateInterface().canBeGenerated()) {
            interfaces.put(verdict.sound()).ifPresent(reporter::report);
            generated.put(module.name().qualified(), module.addsState());
        }
    }

    void checkImplementations(Elements elements) {
        generated.forEach((name, needed) -> ImplementationCheck.check(
                        ImplementationReader.read(elements.getTypeElement(name), needed))
                .ifPresent(reporter::report));
        generated.clear();
    }
}
