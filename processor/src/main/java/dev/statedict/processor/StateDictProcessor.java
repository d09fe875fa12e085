package dev.statedict.processor;

import com.google.auto.service.AutoService;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.read.InterfaceNames;
import dev.statedict.processor.read.ModuleReader;
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
    private InterfaceNames interfaces;
    private ClassProcessing classes;

    // classes that wait for a type that another processor generates
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
        ProblemReporter reporter = new ProblemReporter(environment.getMessager());
        interfaces = new InterfaceNames(environment.getElementUtils());
        Filer filer = new ModuleFiler(environment.getFiler(), environment.getElementUtils());
        classes = new ClassProcessing(
                reporter,
                new InterfaceOutput(filer, StateDictProcessor.class.getName()),
                new SchemaOutput(filer, options.lock()));
        options.problems().forEach(reporter::report);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        classes.checkImplementations(interfaces);
        if (!round.processingOver()) {
            processRound(annotated(annotations, round));
        }
        // the annotations are ours: without the claim, -Xlint:all warns that nobody processed them
        return true;
    }

    private void processRound(Collection<TypeElement> annotated) {
        ModuleReader reader = new ModuleReader(processingEnv.getTypeUtils(), options.policies(), interfaces);
        interfaces.claim(annotated.stream()
                .filter(reader::isAnnotated)
                .map(ModuleReader::nameOf)
                .toList());
        for (TypeElement type : annotated) {
            if (reader.isComplete(type)) {
                classes.process(type, reader);
            } else {
                // if the missing type never comes, the compiler tells its name
                deferred.add(ModuleReader.nameOf(type));
            }
        }
    }

    /** Classes, and classes around annotated fields, in source order; those that were deferred first. */
    private Collection<TypeElement> annotated(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Map<ModuleName, TypeElement> types = new LinkedHashMap<>();
        for (ModuleName name : deferred) {
            TypeElement type = interfaces.classOf(name);
            if (type != null) {
                types.put(name, type);
            }
        }
        deferred.clear();
        for (Element element : round.getElementsAnnotatedWithAny(annotations.toArray(TypeElement[]::new))) {
            Element type = element instanceof TypeElement ? element : element.getEnclosingElement();
            if (type instanceof TypeElement found) {
                types.putIfAbsent(ModuleReader.nameOf(found), found);
            }
        }
        return types.values();
    }
}
