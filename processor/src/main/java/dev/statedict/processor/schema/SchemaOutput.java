package dev.statedict.processor.schema;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.SchemaJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * Writes the schema of each class beside it, and holds it against the lock. It looks at the class alone, as a processor
 * must whose work is not repeated for classes that have not changed.
 */
public final class SchemaOutput {
    private final Filer filer;
    private final LockOptions options;
    // one missing directory is one mistake, however many classes there are
    private boolean missingReported;

    public SchemaOutput(Filer filer, LockOptions options) {
        this.filer = filer;
        this.options = options;
    }

    /** Puts out the schema of a class without errors, and tells what breaks its lock. */
    public List<Problem> put(ModuleModel module) {
        ClassSchema schema = ModuleSchemas.of(module);
        try {
            writeResource(module, schema);
        } catch (IOException e) {
            String name = ClassSchema.resourceName(schema.module());
            return List.of(Diagnostic.CANNOT_WRITE.at(module.place(), name, e.getMessage()));
        }
        Path directory = options.directory();
        if (directory == null) {
            return List.of();
        }
        LockDirectory lock = new LockDirectory(directory);
        return options.update() ? update(module, schema, lock) : compare(module, schema, lock);
    }

    private void writeResource(ModuleModel module, ClassSchema schema) throws IOException {
        String name = ClassSchema.resourceName(schema.module());
        // a writer would write in the encoding of the compilation's sources
        try (OutputStream stream = filer.createResource(
                        StandardLocation.CLASS_OUTPUT, "", name, module.place().element())
                .openOutputStream()) {
            stream.write(SchemaJson.write(schema).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Problem> update(ModuleModel module, ClassSchema schema, LockDirectory lock) {
        try {
            lock.write(schema);
            return List.of();
        } catch (IOException e) {
            return List.of(Diagnostic.CANNOT_WRITE.at(module.place(), lock.file(schema.module()), e.getMessage()));
        }
    }

    private List<Problem> compare(ModuleModel module, ClassSchema schema, LockDirectory lock) {
        if (!Files.isDirectory(lock.path())) {
            List<Problem> missing =
                    missingReported ? List.of() : List.of(Diagnostic.NO_LOCK_DIRECTORY.anywhere(lock.path()));
            missingReported = true;
            return missing;
        }
        try {
            Optional<ClassSchema> locked = lock.read(schema.module());
            if (locked.isEmpty()) {
                return List.of(
                        Diagnostic.NO_LOCK.at(module.place(), module.name().display(), lock.path()));
            }
            List<ClassSchema> superclasses = lock.superclassesOf(locked.get());
            return new LockComparison(module, schema, locked.get(), superclasses).problems();
        } catch (IOException e) {
            return List.of(Diagnostic.UNREADABLE_LOCK.at(
                    module.place(), lock.file(schema.module()), module.name().display(), e.getMessage()));
        }
    }
}
