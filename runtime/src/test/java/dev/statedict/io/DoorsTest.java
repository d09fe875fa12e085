package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.statedict.StateDict;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever way a checkpoint goes out and comes in, it is the same dict. */
class DoorsTest {
    /** A way out and in again. */
    private enum Door {
        PATH {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                Path file = directory.resolve("dict." + format.suffixes().get(0));
                Checkpoints.save(file, dict);
                return both(Checkpoints.load(file), Checkpoints.open(file));
            }
        },
        STREAM {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                ByteArrayOutputStream stream = new ByteArrayOutputStream();
                Checkpoints.save(stream, dict, WriteOptions.defaults().withFormat(format));
                return both(
                        Checkpoints.load(new ByteArrayInputStream(stream.toByteArray())),
                        Checkpoints.open(new ByteArrayInputStream(stream.toByteArray())));
            }
        },
        STREAM_THROUGH_A_FILE {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                byte[] bytes = bytes(dict, format);
                ReadOptions options = ReadOptions.defaults().withStreamMemory(0);
                return both(
                        Checkpoints.load(new ByteArrayInputStream(bytes), options),
                        Checkpoints.open(new ByteArrayInputStream(bytes), options));
            }
        },
        BYTES {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                byte[] bytes = bytes(dict, format);
                return both(Checkpoints.load(bytes), Checkpoints.open(bytes));
            }
        },
        BYTE_BUFFER {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                byte[] bytes = bytes(dict, format);
                ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 10);
                buffer.position(3).put(bytes).position(3).limit(3 + bytes.length);
                StateDict dict2 =
                        both(Checkpoints.load(buffer.asReadOnlyBuffer()), Checkpoints.open(buffer.asReadOnlyBuffer()));
                Checkpoints.load(buffer);
                assertThat(buffer.position()).isEqualTo(3);
                assertThat(buffer.limit()).isEqualTo(3 + bytes.length);
                return dict2;
            }
        },
        URL_OF_A_FILE {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                Path file = Files.write(directory.resolve("a dict + more"), bytes(dict, format));
                URL url = file.toUri().toURL();
                return both(Checkpoints.load(url), Checkpoints.open(url));
            }
        },
        RESOURCE_IN_A_JAR {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                Path jar = directory.resolve("some.jar");
                try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
                    Files.write(Files.createDirectory(files.getPath("/weights")).resolve("dict"), bytes(dict, format));
                }
                try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
                    URL url = loader.getResource("weights/dict");
                    assertThat(url.getProtocol()).isEqualTo("jar");
                    return both(Checkpoints.load(url), Checkpoints.open(url));
                }
            }
        },
        HTTP {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                try (TestServer server = TestServer.of(bytes(dict, format))) {
                    return both(
                            Checkpoints.load(HttpCheckpointSource.open(server.uri())),
                            Checkpoints.open(server.uri().toURL()));
                }
            }
        },
        ZIP_FILE_SYSTEM {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                Path zip = directory.resolve("some.zip");
                String name = "/sub/dict." + format.suffixes().get(0);
                try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
                    Files.createDirectory(files.getPath("/sub"));
                    Checkpoints.save(files.getPath(name), dict);
                    Checkpoints.save(files.getPath(name), dict);
                }
                try (FileSystem files = FileSystems.newFileSystem(zip)) {
                    assertThat(Files.list(files.getPath("/sub")).map(Path::toString))
                            .containsExactly(name);
                    return both(Checkpoints.load(files.getPath(name)), Checkpoints.open(files.getPath(name)));
                }
            }
        },
        JIMFS {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
                    Path file =
                            files.getPath("/work", "dict." + format.suffixes().get(0));
                    Checkpoints.save(file, dict);
                    Checkpoints.save(file, dict);
                    assertThat(Files.list(files.getPath("/work"))).containsExactly(file);
                    return both(Checkpoints.load(file), Checkpoints.open(file));
                }
            }
        },
        SOURCE {
            @Override
            StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(bytes(dict, format));
                CheckpointSource source = new CheckpointSource() {
                    @Override
                    public long size() {
                        return bytes.limit();
                    }

                    @Override
                    public int read(ByteBuffer target, long position) {
                        int count = Math.min(Math.min(target.remaining(), 1000), bytes.limit() - (int) position);
                        target.put(bytes.slice((int) position, count));
                        return count;
                    }
                };
                return both(Checkpoints.load(source), Checkpoints.open(source));
            }
        };

        abstract StateDict throughFormat(StateDict dict, CheckpointFormat format, Path directory) throws IOException;

        static byte[] bytes(StateDict dict, CheckpointFormat format) {
            return Checkpoints.toBytes(dict, WriteOptions.defaults().withFormat(format));
        }

        /** What was loaded, which is what was opened. */
        static StateDict both(StateDict loaded, Checkpoint opened) throws IOException {
            try (opened) {
                assertThat(opened.stateDict().contentEquals(loaded)).isTrue();
                for (String key : opened.keys()) {
                    assertThat(opened.tensor(key).contentEquals(loaded.get(key)))
                            .as(key)
                            .isTrue();
                }
            }
            return loaded;
        }
    }

    @TempDir
    Path directory;

    static Stream<Arguments> doorsAndFormats() {
        return Arrays.stream(Door.values())
                .flatMap(door -> Arrays.stream(CheckpointFormat.values())
                        // which holds one entry and nothing beside it
                        .filter(format -> format != CheckpointFormat.NUMPY_ARRAY)
                        .map(format -> Arguments.of(door, format)));
    }

    @ParameterizedTest
    @MethodSource("doorsAndFormats")
    void everyDoorGivesTheSameDict(Door door, CheckpointFormat format) throws IOException {
        for (StateDict dict : new StateDict[] {small(), large()}) {
            StateDict read = door.throughFormat(dict, format, Files.createTempDirectory(directory, "door"));

            assertThat(read.contentEquals(dict)).isTrue();
            assertThat(read.versions()).isEqualTo(dict.versions());
            assertThat(read.extraState()).isEqualTo(dict.extraState());
        }
    }

    private static StateDict small() {
        Tensor weight = Tensor.wrap(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        return StateDict.builder()
                .put("encoder.weight", weight)
                .put("decoder.weight", weight)
                .put("bias", Tensor.wrap(new double[] {-0.0, Double.NaN}, 2))
                .put("mask", Tensor.wrap(new boolean[] {true, false, true}, 3))
                .put("steps", Tensor.scalarLong(1L << 40))
                .put("nothing", Tensor.zeros(0, 3))
                .version("", 3)
                .extraState("encoder", "text")
                .build();
    }

    /** Tensors of odd lengths, so that elements lie at odd places, and enough for several threads. */
    private static StateDict large() {
        Random random = new Random(7);
        boolean[] odd = new boolean[1_000_003];
        float[] floats = new float[2_500_001];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
        }
        return StateDict.builder()
                .put("a", Tensor.wrap(odd, odd.length))
                .put("b", Tensor.wrap(floats, floats.length))
                .put("c", Tensor.zeros(ElementType.F64, 333))
                .build();
    }
}
