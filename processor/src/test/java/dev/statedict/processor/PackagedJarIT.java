package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar that users get is a whole processor path, and a whole processor module path. javac runs as a process of its own:
 * in this one its processors would see the classes of the tests.
 */
class PackagedJarIT {
    private static final Path JAR = Path.of(System.getProperty("processor.jar"));
    private static final Path POM = Path.of(System.getProperty("processor.pom"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--processor-path", "--processor-module-path"})
    void aloneItGeneratesWhatWasReviewed(String path) throws Exception {
        String output = compile(path);
        assertThat(output).isEmpty();

        Map<String, String> generated = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("sources/golden"))) {
            for (Path file : files.toList()) {
                generated.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(generated).isEqualTo(GoldenFiles.interfaces());
        assertThat(directory.resolve("classes/META-INF/statedict/golden.Affine.json"))
                .exists();
    }

    @Test
    void itReadsTheLockThatItWrote() throws Exception {
        String lock = "-Astatedict.schema=" + directory.resolve("lock");
        assertThat(compile("--processor-path", lock, "-Astatedict.schema.update=true"))
                .isEmpty();
        assertThat(compile("--processor-path", lock)).isEmpty();

        Files.delete(directory.resolve("lock/golden.Affine.json"));
        assertThat(compile("--processor-path", lock)).contains("[statedict:NoLock] Affine has no lock in ");
    }

    @Test
    void byItselfItIsAProcessorForAllAnnotationsOfTheRuntime() throws Exception {
        try (URLClassLoader alone =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            List<Processor> processors = new ArrayList<>();
            ServiceLoader.load(Processor.class, alone).forEach(processors::add);
            assertThat(processors).hasSize(1);
            assertThat(processors.get(0).getClass().getName()).isEqualTo("dev.statedict.processor.StateDictProcessor");
            assertThat(processors.get(0).getSupportedAnnotationTypes()).containsExactly("dev.statedict.*");
        }
    }

    @Test
    void noClassInItLiesOutsideItsPackage() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("dev/statedict/processor/"));
        }
    }

    @Test
    void itRefersToItselfAndTheJavaPlatformAlone() {
        // an annotation whose class is missing is not seen at run time, and does no harm
        assertThat(jdeps("--missing-deps", JAR.toString())
                        .lines()
                        .filter(line -> line.startsWith(" ") && !line.contains(" org.jspecify.annotations.")))
                .isEmpty();
        assertThat(jdeps("--ignore-missing-deps", "--print-module-deps", JAR.toString()))
                .isEqualToIgnoringNewLines("java.base,jdk.compiler");
    }

    /** Of the module jdk.compiler it needs javac's trees alone, and those where javac runs. */
    @Test
    void underEclipsesCompilerItNeedsNoJavac() throws Exception {
        Path net = Files.writeString(directory.resolve("Net.java"), """
                @dev.statedict.StateModule
                class Net implements NetState {
                    @dev.statedict.Parameter
                    final float[] weight = new float[2];
                }
                """);

        assertThat(run(
                        "java",
                        "--limit-modules",
                        "java.base,java.compiler,jdk.zipfs",
                        "-cp",
                        pathOf(EclipseCompiler.class),
                        "org.eclipse.jdt.internal.compiler.batch.Main",
                        "-17",
                        "-cp",
                        pathOf(Stateful.class),
                        "-processorpath",
                        JAR.toString(),
                        "-d",
                        directory.resolve("classes").toString(),
                        "-s",
                        directory.toString(),
                        net.toString()))
                .isEmpty();
        assertThat(directory.resolve("classes/NetState.class")).exists();
    }

    @Test
    void theLicenceOfWhatIsPackedLiesInIt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getEntry("META-INF/licenses/javapoet/LICENSE")).isNotNull();
        }
    }

    @Test
    void itsPomAsksUsersForNothing() throws IOException {
        String pom = Files.readString(POM);
        long dependencies =
                pom.lines().filter(line -> line.contains("<dependency>")).count();
        long ofTheBuild = pom.lines()
                .filter(line -> line.matches(" *<scope>(test|provided)</scope>"))
                .count();
        assertThat(ofTheBuild).isEqualTo(dependencies);
    }

    /** What javac says about the golden classes, which it compiles into directories of its own. */
    private String compile(String path, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "javac",
                "-Xlint:all",
                "-Werror",
                "--release",
                "17",
                "-cp",
                pathOf(Stateful.class),
                path,
                JAR.toString(),
                "-d",
                directory.resolve("classes").toString(),
                "-s",
                Files.createDirectories(directory.resolve("sources")).toString()));
        command.addAll(List.of(options));
        GoldenFiles.classFiles().forEach(file -> command.add(file.toString()));
        return run(command.toArray(String[]::new));
    }

    /** What a tool of the JDK says. */
    private String run(String... command) throws Exception {
        Path log = directory.resolve("log.txt");
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return Files.readString(log);
    }

    private static String pathOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static String jdeps(String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, arguments);
        return output.toString();
    }
}
