package dev.statedict.processor;

import com.google.auto.service.AutoService;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import dev.statedict.processor.read.InterfaceNames;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.read.SourceClasses;
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
import javax.lang.model.util.ElementFilter;

/**
 * Generates the state dict interfaces of {@code @StateModule} classes.
 *
 * <p>A class is read in the round in which all exists that decides of its state, and its interface is written then; in the
 * next round, when the interface exists, the class is held to implement it. What waits in vain is read in the last round. Between rounds names are kept, never elements.
 */
@AutoService(Processor.class)
public final class StateDictProcessor extends AbstractProcessor {
    private CompilerOptions options;
    private InterfaceNames interfaces;
    private ClassProcessing classes;
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
        sources.add(round.getRootElements());
        ModuleReader reader = new ModuleReader(processingEnv.getTypeUtils(), options.policies(), interfaces, sources);
        Map<ModuleName, TypeElement> types = takeDeferred();
        if (round.processingOver()) {
            types.values().forEach(type -> classes.processUnfinished(type, reader));
        } else {
            addAnnotated(annotations, round, types);
            addHeirs(round.getRootElements(), reader, types);
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
        for (TypeElement type : types) {
            if (reader.isComplete(type)) {
                classes.process(type, reader);
            } else {
                deferred.add(ModuleReader.nameOf(type));
            }
        }
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

    /** Classes that are modules by a superclass's annotation, which not every compiler counts as theirs. */
    private static void addHeirs(
            Collection<? extends Element> elements, ModuleReader reader, Map<ModuleName, TypeElement> types) {
        for (TypeElement type : ElementFilter.typesIn(elements)) {
            if (reader.mayBeModule(type)) {
                types.putIfAbsent(ModuleReader.nameOf(type), type);
            }
            addHeirs(type.getEnclosedElements(), reader, types);
        }
    }
}
