package dev.statedict.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Registers with Kryo what this module sends, so that it works with required registration too, and refuses raw state dicts, tensors and
 * modules, which Kryo would take apart field by field.
 *
 * <pre>{@code
 * conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
 * conf.set("spark.kryo.registrator", "dev.statedict.spark.StateDictKryoRegistrator");
 * }</pre>
 */
public final class StateDictKryoRegistrator implements KryoRegistrator {
    /** For Spark, which makes it by its name. */
    public StateDictKryoRegistrator() {}

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.register(PortableStateDict.class);
        kryo.register(RowBlock.class);
        kryo.register(RowBlock[].class);
        kryo.register(RowFragment.class);
        kryo.register(RowFragment[].class);
        kryo.register(SubtreeSum.class);
        kryo.register(SubtreeSum[].class);
        kryo.register(LocalSgd.Shard.class);
        kryo.register(LocalSgd.Shard[].class);
        kryo.register(float[].class);
        kryo.register(double[].class);
        kryo.register(byte[].class);
        Refusal refusal = new Refusal();
        kryo.register(StateDict.class, refusal);
        kryo.register(Tensor.class, refusal);
        kryo.addDefaultSerializer(Stateful.class, refusal);
    }

    private static final class Refusal extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {
            throw new KryoException(RawState.problem(object));
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<Object> type) {
            throw new KryoException("a raw " + type.getName() + " does not travel");
        }
    }
}
