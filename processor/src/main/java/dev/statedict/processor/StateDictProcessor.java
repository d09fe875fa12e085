package dev.statedict.processor;

import com.google.auto.service.AutoService;
import dev.statedict.Policy;
import dev.statedict.StateModule;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Policies;
import dev.statedict.processor.read.ModuleReader;
import dev.statedict.processor.write.StateInterfaceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Generates the state dict interfaces of {@link StateModule} classes. */
@AutoService(Processor.class)
public final class StateDictProcessor extends AbstractProcessor {
    /** Called by the compiler. */
    public StateDictProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("dev.statedict.*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ModuleReader reader = new ModuleReader(new Policies(Policy.ALIAS, Policy.COPY));
        for (Element element : round.getElementsAnnotatedWith(StateModule.class)) {
            write(reader.read((TypeElement) element));
        }
        // the annotations are ours: without the claim, -Xlint:all warns that nobody processed them
        return true;
    }

    private void write(ModuleModel module) {
        try {
            StateInterfaceWriter.write(module, StateDictProcessor.class.getName())
                    .writeTo(processingEnv.getFiler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
