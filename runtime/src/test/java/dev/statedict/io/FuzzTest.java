package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.statedict.StateDict;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs Jazzer, which follows the code that an input reaches, on each reader: for some seconds in the build, and as long as
 * one likes by {@code -Dstatedict.fuzz.seconds=3600}. In a process of its own, as it instruments what it runs.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Jazzer comes as a native library")
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("statedict.fuzz.seconds", 3);
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    /** The edges of the code that were reached, as the fuzzer counts them. */
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+)");
    /** The list of the storages of a file of the form before PyTorch 1.6, which follows its object. */
    private static final String NO_STORAGES_KEYS = "\u0080\2].";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"Safetensors", "Archives", "Pickles", "Legacy", "ShardIndexes", "Statedict", "Numpy", "Json"})
    void anyBytesAreReadOrRefused(String target) throws IOException, InterruptedException, URISyntaxException {
        Path seeds = Files.createDirectory(directory.resolve("seeds"));
        writeSeeds(target, seeds);

        // files in memory, where there is such a place
        Path work = Files.createTempDirectory(
                Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : directory, "fuzz");

        Process fuzzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+EnableDynamicAgentLoading",
                        "-Djava.io.tmpdir=" + work,
                        "-cp",
                        classPath(),
                        Jazzer.class.getName(),
                        "--target_class=" + FuzzTargets.class.getName() + "$" + target,
                        "--instrumentation_includes=dev.statedict.**",
                        "-max_total_time=" + SECONDS,
                        "-timeout=20",
                        "-rss_limit_mb=0",
                        "-max_len=20000",
                        seeds.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(fuzzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = fuzzer.waitFor();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        Matcher done = DONE.matcher(output);
        assertThat(done.find()).as(output).isTrue();
        String covered = COVERED.matcher(output)
                .results()
                .map(match -> match.group(1))
                .reduce("none", (earlier, later) -> later);
        System.out.printf("fuzzed %s with %s inputs, %s edges of the code%n", target, done.group(1), covered);
        assertThat(exit).as(output).isZero();
    }

    private static String classPath() throws URISyntaxException {
        return String.join(
                System.getProperty("path.separator"),
                Path.of("target", "classes").toAbsolutePath().toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                jar(Jazzer.class),
                jar(FuzzedDataProvider.class));
    }

    private static String jar(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private void writeSeeds(String target, Path seeds) throws IOException {
        switch (target) {
            case "Safetensors" -> {
                Fixtures.copy("types.safetensors", seeds);
                Fixtures.copy("tied.safetensors", seeds);
                Fixtures.copy("exact.safetensors", seeds);
                Fixtures.copy("foreign.safetensors", seeds);
                for (String hostile : hostileHeaders()) {
                    Files.write(seeds.resolve("hostile-" + hostile.hashCode()), safetensors(hostile));
                }
            }
            case "Archives" -> {
                Fixtures.copy("tensors-2.13.pt", seeds);
                Fixtures.copy("odd.pt", seeds);
                Fixtures.copy("torchscript.pt", seeds);
                Fixtures.copy("arrays.npz", seeds);
                Checkpoints.save(
                        seeds.resolve("own.pt"),
                        StateDict.builder().put("a", Tensor.scalar(1)).build());
                for (String hostile : hostilePickles()) {
                    Files.write(seeds.resolve("hostile-" + hostile.hashCode() + ".pt"), Archive.of(hostile));
                }
            }
            case "Pickles" -> {
                for (String fixture : new String[] {
                    "checkpoint-1.13.pt", "tensors-2.13.pt", "foreign.pt", "module.pt", "keys.pt", "values.pt"
                }) {
                    Files.write(seeds.resolve(fixture), pickle(Files.readAllBytes(Fixtures.copy(fixture, directory))));
                }
                Checkpoints.save(
                        directory.resolve("own.pt"),
                        StateDict.builder()
                                .put("a", Tensor.zeros(2, 2))
                                .extraState("m", "text")
                                .build());
                Files.write(seeds.resolve("own"), pickle(Files.readAllBytes(directory.resolve("own.pt"))));
                for (String hostile : hostilePickles()) {
                    Files.write(seeds.resolve("hostile-" + hostile.hashCode()), Archive.latin1(hostile));
                }
            }
            case "Legacy" -> {
                byte[] file = Files.readAllBytes(Fixtures.copy("legacy-1.13.pt", directory));
                String characters = new String(file, StandardCharsets.ISO_8859_1);
                // behind the magic number, the version and the facts about the system
                int object = characters.indexOf("\u0080\2ccollections");
                Files.write(seeds.resolve("legacy"), Archive.latin1(characters.substring(object)));
                for (String hostile : hostilePickles()) {
                    Files.write(
                            seeds.resolve("hostile-" + hostile.hashCode()), Archive.latin1(hostile + NO_STORAGES_KEYS));
                }
            }
            case "ShardIndexes" -> {
                Files.writeString(
                        seeds.resolve("index"),
                        "{\"metadata\":{\"total_size\":8,\"c\":\"a\"},\"weight_map\":{\"a\":\"fuzzed-00001-of-00002.safetensors\","
                                + "\"b\":\"fuzzed-00002-of-00002.safetensors\"}}");
                Files.writeString(
                        seeds.resolve("lacks-a-tensor"),
                        "{\"weight_map\":{\"a\":\"fuzzed-00001-of-00002.safetensors\","
                                + "\"b\":\"fuzzed-00001-of-00002.safetensors\"}}");
                Files.writeString(
                        seeds.resolve("leads-out"),
                        "{\"weight_map\":{\"a\":\"../fuzzed-00001-of-00002.safetensors\"}}");
            }
            case "Numpy" -> {
                Fixtures.copy("array.npy", seeds);
                Fixtures.copy("column-major.npy", seeds);
                Fixtures.copy("numpy-odd.npz", seeds);
                Fixtures.copy("keras.npz", seeds);
            }
            case "Statedict" ->
                Checkpoints.save(
                        seeds.resolve("own.statedict"),
                        StateDict.builder()
                                .put("a", Tensor.zeros(2, 2))
                                .put("rows", Tensor.wrap(new double[][] {{1, 2}, {3, 4}}))
                                .extraState("m", "text")
                                .version("m", 2)
                                .build());
            default ->
                Files.writeString(
                        seeds.resolve("json"),
                        "{\"a\":[1,-2.5e+1,true,false,null,\"\\n\\u00e4\\ud83d\\ude00\"],\"b\":{}}");
        }
    }

    /** So small that the fuzzer makes them large. */
    private static List<String> hostilePickles() {
        return List.of(
                HostilePickles.dictsInOneAnother(12),
                HostilePickles.listsInOneAnother(12),
                HostilePickles.oneMetadata(20, 20),
                HostilePickles.oneExtraState(20, 20),
                HostilePickles.many("}", 100),
                HostilePickles.callsInOneAnother(3));
    }

    /** Headers that claim much, or the same thing many times. */
    private static List<String> hostileHeaders() {
        String scalar = "\"t\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";
        return List.of(
                "{" + empties(100) + "}",
                "{\"__metadata__\":{" + texts(100) + "}," + scalar + "}",
                "{\"t\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(100) + "1],\"data_offsets\":[0,4]}}",
                "{\"t\":{\"dtype\":\"U8\",\"shape\":[2147483639],\"data_offsets\":[0,2147483639]}}",
                "{\"__metadata__\":{\"statedict\":\"{\\\"x\\\":" + "[".repeat(100) + "\"}," + scalar + "}",
                "{\"__metadata__\":{\"statedict\":\"{\\\"sha256\\\":{\\\"t\\\":\\\"t\\\"}}\"}," + scalar + "}");
    }

    private static String empties(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "\"k" + n + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}")
                .collect(Collectors.joining(","));
    }

    private static String texts(int count) {
        return IntStream.range(0, count).mapToObj(n -> "\"k" + n + "\":\"t\"").collect(Collectors.joining(","));
    }

    private static byte[] safetensors(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    /** The pickle of an archive, from its first instruction to its last. */
    private static byte[] pickle(byte[] archive) {
        String characters = new String(archive, StandardCharsets.ISO_8859_1);
        int start = characters.indexOf("\u0080\2");
        int end = characters.indexOf("PK", start);
        String record = characters.substring(start, end);
        return Archive.latin1(record.substring(0, record.lastIndexOf('.') + 1));
    }
}
