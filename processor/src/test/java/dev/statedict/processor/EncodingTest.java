package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.Stateful;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is what the source says it is, whatever the encoding of the compilation's sources and of the machine. */
class EncodingTest {
    private static final String NET = Compiled.inExample("""
            @StateModule
            public class Net implements NetState {
                @Parameter("\\u00e9") Tensor weight = Tensor.zeros(1);
                @Parameter(value = "\\u65e5\\u672c", formerly = "\\ud83d\\ude00") Tensor bias = Tensor.zeros(1);
                public Net() {}
            }
            """);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "UTF-16"})
    void theInterfaceTheSchemaAndTheLockHaveTheKey(String encoding) throws Exception {
        Path source = Files.writeString(directory.resolve("Net.java"), NET, Charset.forName(encoding));
        Path classes = directory.resolve("classes");
        String lock = "-Astatedict.schema=" + directory.resolve("lock");
        assertThat(javac(encoding, classes, source, lock, "-Astatedict.schema.update=true"))
                .isEmpty();
        assertThat(javac(encoding, classes, source, lock)).isEmpty();

        assertThat(Files.readString(classes.resolve("META-INF/statedict/example.Net.json")))
                .isEqualTo(Files.readString(directory.resolve("lock/example.Net.json")))
                .contains("\"key\": \"é\"", "\"key\": \"日本\"", "\"\ud83d\ude00\"");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, EncodingTest.class.getClassLoader())) {
            Stateful net = (Stateful)
                    loader.loadClass("example.Net").getDeclaredConstructor().newInstance();
            assertThat(net.stateDict().keySet()).containsExactly("é", "日本");
        }
    }

    /** What javac says, as a process of its own: an encoding of the machine is one of a whole process. */
    private String javac(String encoding, Path classes, Path source, String... options) throws Exception {
        Path log = directory.resolve("javac.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-Xlint:all,-path",
                "-Werror",
                "--release",
                "17",
                "-encoding",
                encoding,
                "-cp",
                System.getProperty("java.class.path"),
                "-processorpath",
                System.getProperty("java.class.path"),
                "-processor",
                StateDictProcessor.class.getName(),
                "-d",
                classes.toString());
        builder.command().addAll(List.of(options));
        builder.command().add(source.toString());
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        return Files.readString(log);
    }
}
