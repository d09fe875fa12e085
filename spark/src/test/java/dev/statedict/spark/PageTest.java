package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/spark.md shows is true. */
class PageTest {
    private static final List<List<String>> SETTINGS = List.of(
            List.of("spark.master", "local[2]"),
            List.of("spark.ui.enabled", "false"),
            List.of("spark.driver.host", "127.0.0.1"),
            List.of("spark.driver.bindAddress", "127.0.0.1"),
            List.of("spark.local.dir", "target/spark-local"),
            List.of("spark.sql.warehouse.dir", "target/warehouse"));

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void asSparkSubmitSetsIt() {
        SETTINGS.forEach(setting -> System.setProperty(setting.get(0), setting.get(1)));
    }

    @AfterEach
    void forget() {
        SETTINGS.forEach(setting -> System.clearProperty(setting.get(0)));
        Thread.currentThread().setContextClassLoader(before);
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("../docs/spark.md")).replace("\r\n", "\n");
    }

    @Test
    void theTrainingCompilesAndFindsTheLine(@TempDir Path directory) throws Exception {
        Matcher program =
                Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL).matcher(page());
        assertThat(program.find()).isTrue();
        Path source = Files.writeString(directory.resolve("Train.java"), program.group(1));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String classPath = System.getProperty("java.class.path");
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-d",
                        directory.toString(),
                        "-cp",
                        classPath,
                        "-processorpath",
                        classPath,
                        source.toString());
        assertThat(exitCode).as(said.toString(StandardCharsets.UTF_8)).isZero();

        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(classes);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            classes.loadClass("Train").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
            org.apache.spark.sql.SparkSession.active().stop();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("OrderedDict([('weight', tensor([[1.9");
    }

    @Test
    void itListsTheOptionsThatTheJvmNeeds() throws Exception {
        assertThat(page()).contains(String.join("\n", JavaModuleOptions.defaultModuleOptionArray()));
    }
}
