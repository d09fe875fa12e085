package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules in named Java modules: no warning, no {@code opens}, no further {@code requires}. */
class NamedModuleTest {
    private static final String LAYERS_INFO = """
            module layers {
                requires transitive dev.statedict; // its own types are in what it exports

                exports layers;
            }
            """;
    private static final String LINEAR = """
            package layers;

            import dev.statedict.Parameter;
            import dev.statedict.StateModule;
            import dev.statedict.tensor.Tensor;

            @StateModule
            public class Linear implements LinearState {
                @Parameter Tensor weight = Tensor.zeros(1);

                public Linear() {}
            }
            """;
    private static final String APPLICATION_INFO = """
            module application {
                requires transitive layers;

                exports application;
            }
            """;
    private static final String NET = """
            package application;

            import dev.statedict.Buffer;
            import dev.statedict.StateModule;
            import layers.Linear;

            @StateModule
            public final class Net extends Linear implements NetState {
                @Buffer private long steps;
                final Hidden hidden = new Hidden();

                public Net() {}

                long steps() { return steps; }
                void setSteps(long steps) { this.steps = steps; }

                public static String keys() {
                    Net net = new Net();
                    net.loadStateDict(net.stateDict());
                    return String.join(" ", net.stateDict().keySet());
                }
            }

            @StateModule
            class Hidden extends Linear implements HiddenState {}
            """;

    @TempDir
    Path directory;

    @Test
    void modulesCompileWithoutAWarningAndRunWithoutOpens() throws Exception {
        Path runtime = Path.of(Stateful.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path layers = compile(List.of(runtime), "layers", LAYERS_INFO, LINEAR);
        Path application = compile(List.of(runtime, layers), "application", APPLICATION_INFO, NET);

        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolve(ModuleFinder.of(runtime, layers, application), ModuleFinder.of(), Set.of("application"));
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
        assertThat(layer.findLoader("application")
                        .loadClass("application.Net")
                        .getMethod("keys")
                        .invoke(null))
                .isEqualTo("weight steps hidden.weight");
    }

    private Path compile(List<Path> modulePath, String module, String info, String type) throws IOException {
        Path source = Files.createDirectories(directory.resolve("src").resolve(module));
        Path output = Files.createDirectories(directory.resolve(module));
        Path typeFile = source.resolve(Compiled.path(type));
        Files.createDirectories(typeFile.getParent());
        List<Path> files =
                List.of(Files.writeString(source.resolve("module-info.java"), info), Files.writeString(typeFile, type));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            manager.setLocationFromPaths(StandardLocation.MODULE_PATH, modulePath);
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(source));
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    manager,
                    diagnostics,
                    List.of("-Xlint:all", "-Werror", "--release", "17"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            task.setProcessors(List.of(new StateDictProcessor()));
            task.call();
        }
        List<String> messages = new ArrayList<>();
        for (Diagnostic<?> diagnostic : diagnostics.getDiagnostics()) {
            messages.add(diagnostic.toString());
        }
        assertThat(messages).isEmpty();
        return output;
    }
}
