package com.example;

import dev.statedict.io.SchemaLockCheck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LockTest {
    @Test
    void theLockIsThatOfTheClasses() throws IOException {
        SchemaLockCheck.check(Path.of("target/classes"), Path.of("statedict"));
    }
}
