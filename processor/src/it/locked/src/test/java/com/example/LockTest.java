package com.example;

import dev.statedict.schema.SchemaLock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LockTest {
    @Test
    void theLockIsThatOfTheClasses() throws IOException {
        SchemaLock.check(Path.of("target/classes"), Path.of("statedict"));
    }
}
