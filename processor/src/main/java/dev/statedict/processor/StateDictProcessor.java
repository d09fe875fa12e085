package dev.statedict.processor;

import com.google.auto.service.AutoService;
import dev.statedict.processor.checks.Checks;
import dev.statedict.processor.checks.ImplementationCheck;
import dev.statedict.processor.checks.OutsiderCheck;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.read.ImplementationReader;
import dev.statedict.processor.read.InterfaceNames;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.schema.SchemaOutput;
import dev.statedict.processor.write.StateInterfaceWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Generates the state dict interfaces of {@code @StateModule} classes.
 *
 * <p>A class is read in the round in which all its field types exist, and its interface is written then; in the next
 * round, when the interface exists, the class is held to implement it. Between rounds names are kept, never elements.
 */
@AutoService(Processor.class)
public final class StateDictProcessor extends AbstractProcessor {
    private CompilerOptions options;
    private ProblemReporter reporter;
    private InterfaceNames interfaces;
    private SchemaOutput schemas;

    // by qualified name: classes that wait for a type that another processor generates
    private final Set<String> deferred = new LinkedHashSet<>();
    // by qualified name: classes whose interface was generated in the last round, and whether they need it
    private final Map<String, Boolean> generated = new LinkedHashMap<>();

    /** Called by the compiler. */
    public StateDictProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeNames.ALL_ANNOTATIONS);
    }

    @Override
    public Set<String> getSupportedOptions() {
        return options.recognised();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        options = CompilerOptions.of(environment.getOptions());
        reporter = new ProblemReporter(environment.getMessager());
        interfaces = new InterfaceNames(environment.getElementUtils());
        schemas = new SchemaOutput(environment.getFiler(), options.lock());
        options.problems().forEach(reporter::report);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        checkImplementations();
        if (!round.processingOver()) {
            processRound(annotated(annotations, round));
        }
        // the annotations are ours: without the claim, -Xlint:all warns that nobody processed them
        return true;
    }

    private void processRound(Collection<TypeElement> annotated) {
        ModuleReader reader = new ModuleReader(processingEnv.getTypeUtils(), options.policies(), interfaces);
        claimNames(annotated, reader);
        for (TypeElement type : annotated) {
            if (reader.isComplete(type)) {
                process(type, reader);
            } else {
                // if the missing type never comes, the compiler tells its name
                deferred.add(type.getQualifiedName().toString());
            }
        }
    }

    /** Classes, and classes around annotated fields, in source order; those that were deferred first. */
    private Collection<TypeElement> annotated(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Map<String, TypeElement> types = new LinkedHashMap<>();
        deferred.forEach(name -> types.put(name, typeNamed(name)));
        deferred.clear();
        for (Element element : round.getElementsAnnotatedWithAny(annotations.toArray(TypeElement[]::new))) {
            Element type = element instanceof TypeElement ? element : element.getEnclosingElement();
            if (type instanceof TypeElement found) {
                types.putIfAbsent(found.getQualifiedName().toString(), found);
            }
        }
        return types.values();
    }

    /** Of two classes that want one name the outermost has it, in whatever order they come. */
    private void claimNames(Collection<TypeElement> annotated, ModuleReader reader) {
        annotated.stream()
                .filter(reader::isAnnotated)
                .map(ModuleReader::nameOf)
                .sorted(Comparator.comparing((ModuleName name) -> name.parts().size())
                        .thenComparing(ModuleName::qualified))
                .forEach(interfaces::claim);
    }

    private void process(TypeElement type, ModuleReader reader) {
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
        if (module.canBeGenerated()) {
            write(verdict.sound());
            generated.put(module.name().qualified(), module.addsState());
        }
    }

    private void checkImplementations() {
        generated.forEach(
                (name, needed) -> ImplementationCheck.check(ImplementationReader.read(typeNamed(name), needed))
                        .ifPresent(reporter::report));
        generated.clear();
    }

    private TypeElement typeNamed(String name) {
        return processingEnv.getElementUtils().getTypeElement(name);
    }

    private void write(ModuleModel module) {
        String name = module.name().qualifiedInterfaceName();
        String source = StateInterfaceWriter.write(module, StateDictProcessor.class.getName());
        try (Writer writer = processingEnv
                .getFiler()
                .createSourceFile(name, module.place().element())
                .openWriter()) {
            writer.write(source);
        } catch (IOException e) {
            reporter.report(Diagnostic.CANNOT_WRITE.at(module.place(), name, e.getMessage()));
        }
    }
}
