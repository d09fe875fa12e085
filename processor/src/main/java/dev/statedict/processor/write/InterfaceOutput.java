package dev.statedict.processor.write;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import javax.annotation.processing.Filer;

/** Puts out the interface of each class as a source file, for the compiler's next round. */
public final class InterfaceOutput {
    private final Filer filer;
    private final String generator;

    /**
     * An output.
     *
     * @param generator the name of the processor, which the interfaces bear
     */
    public InterfaceOutput(Filer filer, String generator) {
        this.filer = filer;
        this.generator = generator;
    }

    /** Puts out the interface of a class without errors, and tells if that fails. */
    public Optional<Problem> put(ModuleModel module) {
        String name = module.name().qualifiedInterfaceName();
        String source = StateInterfaceWriter.write(module, generator);
        try (Writer writer =
                filer.createSourceFile(name, module.place().element()).openWriter()) {
            writer.write(source);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Diagnostic.CANNOT_WRITE.at(module.place(), name, e.getMessage()));
        }
    }
}
