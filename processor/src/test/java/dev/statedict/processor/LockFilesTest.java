package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock is files that people commit: written when they say so, and never else. */
class LockFilesTest {
    private static final String NET = """
            @StateModule
            class Net implements NetState {
                @Parameter Tensor weight;
                Block block;

                @StateModule
                static class Block implements Net_BlockState {
                    @Parameter(formerly = "w") Tensor weight;
                }
            }
            """;
    private static final String RENAMED = NET.replace("Block block", "Block head");

    @TempDir
    private Path directory;

    @Test
    void anUpdateWritesTheSchemaOfEachClass() throws IOException {
        Compiled compiled = Lock.of(directory.resolve("lock"), NET).update(NET);

        assertThat(Files.readString(directory.resolve("lock/example.Net.json")))
                .isEqualTo(compiled.resource("META-INF/statedict/example.Net.json"));
        assertThat(Files.readString(directory.resolve("lock/example.Net$Block.json")))
                .isEqualTo(compiled.resource("META-INF/statedict/example.Net$Block.json"));
    }

    @Test
    void anUpdateAcceptsWhatTheLockWouldRefuse() {
        Lock lock = Lock.of(directory, NET);

        lock.update(RENAMED);

        lock.accepts(RENAMED);
    }

    @Test
    void anUpdateLeavesFilesAloneThatAreAsTheyShouldBe() throws IOException {
        Lock lock = Lock.of(directory, NET);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(directory.resolve("example.Net.json"), longAgo);
        Files.setLastModifiedTime(directory.resolve("example.Net$Block.json"), longAgo);

        lock.update(RENAMED);

        assertThat(Files.getLastModifiedTime(directory.resolve("example.Net$Block.json")))
                .isEqualTo(longAgo);
        assertThat(Files.getLastModifiedTime(directory.resolve("example.Net.json")))
                .isNotEqualTo(longAgo);
    }

    @Test
    void superclassesThatLeadBackAreNoLock() throws IOException {
        Lock lock = new Lock(directory);
        Files.writeString(
                directory.resolve("example.Net.json"),
                "{\"module\": \"example.Net\", \"version\": 1, \"superclass\": \"example.Base\", \"members\": []}");
        Files.writeString(
                directory.resolve("example.Base.json"),
                "{\"module\": \"example.Base\", \"version\": 1, \"superclass\": \"example.Net\", \"members\": []}");

        lock.refuses("@StateModule /*here*/class Net implements NetState {}")
                .says(
                        Diagnostic.UNREADABLE_LOCK,
                        directory.resolve("example.Net.json")
                                + ", the lock of Net, is no schema: its superclasses in the lock"
                                + " lead back to example.Net; restore it, or write it anew with"
                                + " -Astatedict.schema.update=true");
    }

    @Test
    void aFileThatIsNotUtf8IsNoLockAndAnUpdateMendsIt() throws IOException {
        Lock lock = Lock.of(directory, NET);
        Files.write(directory.resolve("example.Net.json"), new byte[] {'{', (byte) 0xe9, '}'});

        lock.refuses(NET.replaceFirst("class", "/*here*/class"))
                .says(
                        Diagnostic.UNREADABLE_LOCK,
                        directory.resolve("example.Net.json")
                                + ", the lock of Net, is no schema: it is not UTF-8; restore it,"
                                + " or write it anew with -Astatedict.schema.update=true");

        lock.update(NET);
        lock.accepts(NET);
    }

    @Test
    void nothingElseWrites() throws IOException {
        Lock lock = Lock.of(directory, NET);
        String before = Files.readString(directory.resolve("example.Net.json"));

        lock.accepts(NET.replace("Block block;", "@Submodule(formerly = \"block\") Block head;"));

        assertThat(Files.readString(directory.resolve("example.Net.json"))).isEqualTo(before);
    }

    @Test
    void aClassWithoutALockIsAnError() {
        Lock.of(directory, NET)
                .refuses(NET, """
                @StateModule
                /*here*/class Other implements OtherState {}
                """)
                .says(
                        Diagnostic.NO_LOCK,
                        "Other has no lock in " + directory
                                + "; write it with -Astatedict.schema.update=true, in a clean build");
    }

    @Test
    void aLockThatIsNowhereIsOneError() {
        Path nowhere = directory.resolve("lock");

        Refusal.of(NET)
                .under("-Astatedict.schema=" + nowhere)
                .says(
                        Diagnostic.NO_LOCK_DIRECTORY,
                        "the directory of the lock, " + nowhere
                                + ", does not exist; write another path, or make it with"
                                + " -Astatedict.schema.update=true, in a clean build");
    }

    @Test
    void withoutModulesThereIsNothingToLock() {
        assertThat(Compiled.withOptions(
                                List.of("-Astatedict.schema=" + directory.resolve("lock")),
                                Compiled.inExample("class Net {}"))
                        .succeeded())
                .isTrue();
    }

    @Test
    void aFileThatIsNoSchemaIsAnError() throws IOException {
        Lock lock = Lock.of(directory, NET);
        Files.writeString(directory.resolve("example.Net.json"), "{\"novelty\": 1}");

        lock.refuses(NET.replace("class Net ", "/*here*/class Net "))
                .says(
                        Diagnostic.UNREADABLE_LOCK,
                        directory.resolve("example.Net.json")
                                + ", the lock of Net, is no schema: this version of statedict does not know \"novelty\" in a"
                                + " schema; restore it, or write it anew with -Astatedict.schema.update=true");
    }

    @Test
    void aFileThatIsTheSchemaOfAnotherClassIsAnError() throws IOException {
        Lock lock = Lock.of(directory, NET);
        Path file = directory.resolve("example.Net.json");
        Files.copy(directory.resolve("example.Net$Block.json"), Files.newOutputStream(file));

        lock.refuses(NET.replace("class Net ", "/*here*/class Net "))
                .says(
                        Diagnostic.UNREADABLE_LOCK,
                        file
                                + ", the lock of Net, is no schema: it is that of example.Net$Block; restore it, or write it"
                                + " anew with -Astatedict.schema.update=true");
    }

    @Test
    void aLockThatCannotBeWrittenIsAnError() throws IOException {
        Path file = Files.createFile(directory.resolve("lock"));

        assertThat(Compiled.withOptions(
                                List.of("-Astatedict.schema=" + file, "-Astatedict.schema.update=true"),
                                Compiled.inExample("""
                                        @StateModule
                                        class Net implements NetState {}
                                        """))
                        .messages())
                .singleElement()
                .asString()
                .contains("[statedict:CannotWrite] " + file.resolve("example.Net.json") + " could not be written: ");
    }

    @Test
    void anUpdateOfNoLockIsAnError() {
        Refusal.of(NET)
                .under("-Astatedict.schema.update=true")
                .says(
                        Diagnostic.UPDATE_WITHOUT_LOCK,
                        "there is no lock to update; write -Astatedict.schema= and the directory that has it, or is to have"
                                + " it");
    }

    @Test
    void anUpdateIsOnOrOff() {
        Lock.of(directory, NET).accepts(NET);
        Refusal.of(NET)
                .under("-Astatedict.schema=" + directory, "-Astatedict.schema.update=yes")
                .says(
                        Diagnostic.OPTION_VALUE,
                        "the compiler option statedict.schema.update is \"yes\"; it can be true or false");
        Refusal.of(NET)
                .under("-Astatedict.schema=")
                .says(Diagnostic.OPTION_VALUE, "the compiler option statedict.schema is \"\"; it can be a directory");
    }
}
