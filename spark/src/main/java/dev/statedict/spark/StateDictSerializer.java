package dev.statedict.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Spark's Java serializer, which refuses raw state dicts, tensors and modules and says what to send instead. Where it serves, a broadcast
 * of one is an error in local mode too, in which tasks would otherwise read the driver's own.
 *
 * <pre>{@code
 * conf.set("spark.serializer", "dev.statedict.spark.StateDictSerializer");
 * }</pre>
 *
 * <p>With Kryo, {@link StateDictKryoRegistrator} does the same.
 */
public final class StateDictSerializer extends JavaSerializer {
    private static final long serialVersionUID = 1;

    /**
     * For Spark, which makes it by its name.
     *
     * @param conf the context's
     */
    public StateDictSerializer(SparkConf conf) {
        super(conf);
    }

    /** For Java's serialization. */
    public StateDictSerializer() {}

    @Override
    public SerializerInstance newInstance() {
        return new Instance(super.newInstance());
    }

    private static final class Instance extends SerializerInstance {
        private final SerializerInstance java;

        Instance(SerializerInstance java) {
            this.java = java;
        }

        @Override
        public <T> ByteBuffer serialize(T object, ClassTag<T> tag) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (SerializationStream stream = serializeStream(bytes)) {
                stream.writeObject(object, tag);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            return java.deserialize(bytes, tag);
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            return java.deserialize(bytes, loader, tag);
        }

        @Override
        public SerializationStream serializeStream(OutputStream out) {
            try {
                return new Stream(new RawState.Output(out));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public DeserializationStream deserializeStream(java.io.InputStream in) {
            return java.deserializeStream(in);
        }
    }

    private static final class Stream extends SerializationStream {
        /** As often as Spark's own does, so that objects written to a stream do not pile up in memory. */
        private static final int RESET_AFTER = 100;

        private final ObjectOutputStream out;
        private int written;

        Stream(ObjectOutputStream out) {
            this.out = out;
        }

        @Override
        public <T> SerializationStream writeObject(T object, ClassTag<T> tag) {
            try {
                out.writeObject(object);
                if (++written % RESET_AFTER == 0) {
                    out.reset();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            return this;
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
