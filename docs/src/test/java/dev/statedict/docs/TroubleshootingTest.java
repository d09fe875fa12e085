package dev.statedict.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/troubleshooting.md} is headed by the very messages: each is made here by the mistake that it tells of. */
class TroubleshootingTest {
    private static final String PAGE = Page.text("docs/troubleshooting.md");
    private static final String LINE = """
            package com.example;

            import dev.statedict.Parameter;
            import dev.statedict.StateModule;
            import dev.statedict.tensor.Tensor;

            @StateModule
            public final class Line implements LineState {
                @Parameter
                final Tensor slope = Tensor.zeros(1);

                public static void main(String[] arguments) {
                    System.out.println(new Line().stateDict());
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void withoutAProcessorTheInterfaceIsMissing() throws IOException {
        String said = line(LINE).compile("-cp", Javac.CLASS_PATH, "-proc:none");

        assertShown(said.substring(0, said.indexOf("Line.java:13")));
        assertThat(said).contains("  symbol:   method stateDict()\n").endsWith("2 errors\n");
    }

    @Test
    void aProcessorOnTheClassPathAloneRunsUpToJdk22() throws IOException {
        String said = line(LINE).compile("-cp", Javac.CLASS_PATH);

        if (Runtime.version().feature() >= 23) {
            assertThat(said).contains("  symbol: class LineState\n");
            assertThat(new Javac(directory).source("Line.java", LINE).compile("-cp", Javac.CLASS_PATH, "-proc:full"))
                    .doesNotContain("error");
        } else {
            assertThat(said).doesNotContain("error");
        }
    }

    @Test
    void aForgottenImportIsToldBesideTheMissingInterface() throws IOException {
        String said =
                line(LINE.replace("import dev.statedict.StateModule;\n", "")).compile();

        assertThat(said)
                .contains("  symbol: class StateModule\n", "  symbol: class LineState\n")
                .doesNotContain("[statedict:");
        assertThat(PAGE).contains("| `symbol: class StateModule` |");
    }

    @Test
    void soIsThatOfAFieldsAnnotation() throws IOException {
        String said =
                line(LINE.replace("import dev.statedict.Parameter;\n", "")).compile();

        assertThat(said)
                .contains("  symbol:   class Parameter\n", "  symbol: class LineState\n")
                .doesNotContain("[statedict:");
        assertThat(PAGE).contains("| `symbol:   class Parameter` |");
    }

    @Test
    void aClassThatDoesNotImplementItsInterfaceIsToldSo() throws IOException {
        String said = line(LINE.replace(" implements LineState", "")).compile();

        assertShown(said.lines().findFirst().orElseThrow() + "\n");
    }

    @Test
    void aPrivateFieldIsToldWhatToWrite() throws IOException {
        String said =
                line(LINE.replace("final Tensor slope", "private Tensor slope")).compile();

        assertShown(said.lines().findFirst().orElseThrow().replace("Line.java:10", "Line.java:9") + "\n");
    }

    @Test
    void eclipsesCompilerRunsNoProcessorWhenItsPathComesBeforeTheClassPath() throws IOException {
        Path file = Files.writeString(directory.resolve("Line.java"), LINE);
        String d = directory.resolve("classes").toString();

        assertShown(eclipse("-processorpath", path(), "-cp", runtime(), "-d", d, file.toString())
                .lines()
                .skip(2)
                .limit(3)
                .map(line -> line.replace("\t", ""))
                .collect(Collectors.joining("\n", "", "\n")));
        assertThat(eclipse("-cp", runtime(), "-processorpath", path(), "-d", d, "-s", d, file.toString()))
                .isEmpty();
    }

    @Test
    void lintTellsOfAnnotationsOfOthersAndNeverOfOurs() throws IOException {
        String others = LINE.replace("public final", "@Marked\npublic final") + "@interface Marked {}\n";

        assertThat(line(LINE).compile("-Xlint:all", "-Werror", "-cp", path(), "-processorpath", path()))
                .isEmpty();
        // javac 25 names the kind of warning before it
        assertThat(line(others)
                        .compile("-Xlint:all", "-cp", path(), "-processorpath", path())
                        .replace("warning: [processing] ", "warning: "))
                .startsWith("warning: No processor claimed any of these annotations: /com.example.Marked");
        assertThat(line(others).compile("-Xlint:all,-processing", "-Werror", "-cp", path(), "-processorpath", path()))
                .isEmpty();
        assertThat(PAGE).contains("```\nwarning: No processor claimed any of these annotations: /");
    }

    @Test
    void aModuleThatRequiresNothingDoesNotSeeThePackage() throws IOException {
        String said = line(LINE)
                .source("module-info.java", "module com.example {}")
                .compile("-implicit:class", "-cp", "", "--module-path", path(), "-processorpath", Javac.CLASS_PATH);

        assertShown(said.lines().limit(4).collect(Collectors.joining("\n", "", "\n")));
        assertThat(line(LINE)
                        .source("module-info.java", "module com.example { requires dev.statedict; }")
                        .compile(
                                "-implicit:class",
                                "-cp",
                                "",
                                "--module-path",
                                path(),
                                "-processorpath",
                                Javac.CLASS_PATH))
                .isEmpty();
    }

    @Test
    void aProgramWithoutTheRuntimeDoesNotStart() throws Exception {
        Javac javac = line(LINE);

        assertThat(javac.compile()).isEmpty();
        assertShown(javac.run("com.example.Line", directory.toString())
                .lines()
                .filter(line -> line.startsWith("Caused by"))
                .limit(1)
                .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void everyEntryIsInTheListAtTheTop() {
        List<String> headings = PAGE.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(headings).isNotEmpty().allSatisfy(heading -> assertThat(PAGE).contains("- [" + heading + "](#"));
    }

    private Javac line(String text) {
        return new Javac(directory).source("Line.java", text);
    }

    private static void assertShown(String said) {
        assertThat(said).isNotBlank();
        assertThat(PAGE).contains("```\n" + said + "```");
    }

    /** The runtime and the processor, which is what a user has, and no JUnit. */
    private static String path() {
        return entries("runtime") + File.pathSeparator + entries("processor");
    }

    private static String runtime() {
        return entries("runtime");
    }

    private static String entries(String artifact) {
        return Arrays.stream(Javac.CLASS_PATH.split(File.pathSeparator))
                .filter(entry ->
                        entry.contains("statedict-" + artifact) || entry.endsWith("/" + artifact + "/target/classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Eclipse's compiler in a process of its own, for it looks for processors on the class path that it runs on. */
    private static String eclipse(String... arguments) throws IOException {
        String compiler = Arrays.stream(Javac.CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> new File(entry).getName().startsWith("ecj-"))
                .findFirst()
                .orElseThrow();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(java, "-jar", compiler, "-17"), Arrays.stream(arguments))
                                .toList())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
