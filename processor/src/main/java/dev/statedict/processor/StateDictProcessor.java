package dev.statedict.processor;

import com.google.auto.service.AutoService;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.read.InterfaceNames;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.read.SourceClasses;
import dev.statedict.processor.read.WrittenAnnotations;
import dev.statedict.processor.schema.SchemaOutput;
import dev.statedict.processor.write.InterfaceOutput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Generates the state dict interfaces of {@code @StateModule} classes.
 *
 * <p>A class is read in the round in which all exists that decides of its state, and its interface is written then; in the
 * next round, when the interface exists, the class is held to implement it. What waits in vain is read in the last round. Between rounds names are kept, never elements.
 */
@AutoService(Processor.class)
public final class StateDictProcessor extends AbstractProcessor {
    private CompilerOptions options;
    private ProblemReporter reporter;
    private InterfaceNames interfaces;
    private ClassProcessing classes;
    private WrittenAnnotations written;
    private final SourceClasses sources = new SourceClasses();

    // classes that wait for what another processor may generate
    private final Set<ModuleName> deferred = new LinkedHashSet<>();

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
        written = WrittenAnnotations.of(environment);
        Filer filer = new ModuleFiler(environment.getFiler(), environment.getElementUtils());
        classes = new ClassProcessing(
                reporter,
                new InterfaceOutput(filer, StateDictProcessor.class.getName()),
                new SchemaOutput(filer, options.lock()));
        options.problems().forEach(reporter::report);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        SourceVersion version = processingEnv.getSourceVersion();
        if (version.compareTo(SourceVersion.RELEASE_17) < 0) {
            if (round.processingOver()) {
                reporter.report(Diagnostic.JAVA_VERSION.anywhere(version.ordinal()));
            }
            return true;
        }
        classes.checkImplementations(interfaces);
        sources.add(round.getRootElements());
        ModuleReader reader =
                new ModuleReader(processingEnv.getTypeUtils(), options.policies(), interfaces, sources, written);
        Map<ModuleName, TypeElement> types = takeDeferred();
        if (round.processingOver()) {
            types.values().forEach(type -> classes.processUnfinished(type, reader));
        } else {
            RoundClasses.add(annotations, round, reader, types);
            process(types.values(), reader);
        }
        // the annotations are ours: without the claim, -Xlint:all warns that nobody processed them
        return true;
    }

    private void process(Collection<TypeElement> types, ModuleReader reader) {
        interfaces.claim(types.stream()
                .filter(reader::isAnnotated)
                .map(ModuleReader::nameOf)
                .toList());
        types.forEach(type -> classes.process(type, reader, deferred::add));
    }

    private Map<ModuleName, TypeElement> takeDeferred() {
        Map<ModuleName, TypeElement> types = new LinkedHashMap<>();
        for (ModuleName name : deferred) {
            TypeElement type = interfaces.classOf(name);
            if (type != null) {
                types.put(name, type);
            }
        }
        deferred.clear();
        return types;
    }
}
