package dev.statedict.benchmark;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A direct buffer that is there before time is taken. */
@State(Scope.Benchmark)
public class DirectBuffer {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    ByteBuffer ofSize(int size) {
        if (bytes.capacity() != size) {
            bytes = ByteBuffer.allocateDirect(size);
        }
        return bytes;
    }
}
