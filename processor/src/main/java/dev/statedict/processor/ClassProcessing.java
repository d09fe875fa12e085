package dev.statedict.processor;

import dev.statedict.processor.checks.Checks;
import dev.statedict.processor.checks.ImplementationCheck;
import dev.statedict.processor.checks.OutsiderCheck;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.read.ImplementationReader;
import dev.statedict.processor.read.InterfaceNames;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.schema.SchemaOutput;
import dev.statedict.processor.write.InterfaceOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.lang.model.element.TypeElement;

/**
 * What is done with a class: it is read and checked, and its interface and schema are written; in the next round, when the
 * interface exists, the class is held to implement it.
 */
final class ClassProcessing {
    private final ProblemReporter reporter;
    private final Guard guard;
    private final InterfaceOutput interfaces;
    private final SchemaOutput schemas;

    // classes whose interface was generated in the last round, and whether they need it: they do not where it is a
    // superclass that lacks its own
    private final Map<ModuleName, Boolean> generated = new LinkedHashMap<>();

    ClassProcessing(ProblemReporter reporter, InterfaceOutput interfaces, SchemaOutput schemas) {
        this.reporter = reporter;
        this.guard = new Guard(reporter);
        this.interfaces = interfaces;
        this.schemas = schemas;
    }

    /** Does what can be done in this round; a class of which something is still to come waits. */
    void process(TypeElement type, ModuleReader reader, Consumer<ModuleName> waiting) {
        ModuleName name = ModuleReader.nameOf(type);
        guard.run(name, Place.of(type), () -> {
            if (reader.isComplete(type)) {
                processUnguarded(type, reader);
            } else {
                waiting.accept(name);
            }
        });
    }

    private void processUnguarded(TypeElement type, ModuleReader reader) {
        if (reader.isAnnotated(type)) {
            process(reader.read(type));
        } else {
            if (ImplementationReader.implementsStale(type)) {
                reporter.report(OutsiderCheck.stale(ModuleReader.nameOf(type), Place.of(type)));
            }
            OutsiderCheck.check(reader.membersOf(type)).forEach(reporter::report);
            OutsiderCheck.check(ModuleReader.nameOf(type), ModuleReader.retiredOf(type))
                    .ifPresent(reporter::report);
        }
    }

    /**
     * Does what can be done for a class of which something never came: the compiler tells what, and that is enough of an
     * error. The interface is written, without the members of which nothing is known, so that its name is not missing too.
     */
    void processUnfinished(TypeElement type, ModuleReader reader) {
        guard.run(ModuleReader.nameOf(type), Place.of(type), () -> {
            ModuleModel module = reader.isAnnotated(type) ? reader.read(type) : null;
            if (module != null && module.stateInterface().canBeGenerated()) {
                ModuleModel sound = Checks.examine(module).sound();
                List<Member> known =
                        sound.members().stream().filter(Member::isCertain).toList();
                interfaces.put(sound.withMembers(known)).ifPresent(reporter::report);
            }
        });
    }

    private void process(ModuleModel module) {
        Checks.Verdict verdict = Checks.examine(module);
        verdict.problems().forEach(reporter::report);
        if (verdict.problems().stream().allMatch(Problem::warning)) {
            schemas.put(module.withoutUndeclared()).forEach(reporter::report);
        }
        if (module.stateInterface().canBeGenerated()) {
            interfaces.put(verdict.sound()).ifPresent(reporter::report);
            generated.put(
                    module.name(), module.addsState() && module.inheritance().parentGenerated());
        }
    }

    void checkImplementations(InterfaceNames names) {
        generated.forEach((name, needed) -> {
            TypeElement type = names.classOf(name);
            if (type != null) {
                guard.run(name, Place.of(type), () -> checkImplementation(type, needed));
            }
        });
        generated.clear();
    }

    private void checkImplementation(TypeElement type, boolean needed) {
        ImplementationCheck.check(ImplementationReader.read(type, needed)).ifPresent(reporter::report);
    }
}
