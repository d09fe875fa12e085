package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.statedict.io.KeyMapping;
import dev.statedict.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The Kryo of Spark, with the registration of docs/serialization.md, which runs it with Kryo 5. */
class SparkKryoTest {
    private static Kryo registered() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.register(StateDict.class, new JavaSerializer());
        kryo.register(Tensor.class, new JavaSerializer());
        kryo.register(LoadReport.class, new JavaSerializer());
        kryo.register(LoadOptions.class, new JavaSerializer());
        return kryo;
    }

    private static <T> T again(T object, Class<T> type) {
        Output output = new Output(1024, -1);
        registered().writeObject(output, object);
        return registered().readObject(new Input(output.toBytes()), type);
    }

    @Test
    void dictsComeBackWithWhatTheyShare() {
        Tensor weight = Tensor.wrap(new double[][] {{1, 2}, {3, 4}});
        StateDict dict = StateDict.builder()
                .put("weight", weight)
                .put("row", weight.select(0, 1), Role.BUFFER, StoredType.F32)
                .extraState("", "text")
                .build();

        StateDict back = again(dict, StateDict.class);

        assertThat(back.contentEquals(dict)).isTrue();
        assertThat(back.role("row")).isEqualTo(Role.BUFFER);
        back.get("weight").fill(0);
        assertThat(back.get("row").toDoubleArray()).containsOnly(0);
    }

    @Test
    void tensorsReportsAndOptionsComeBack() {
        Tensor tensor = Tensor.copyOf(new int[] {1, 2}, 2);
        Node node = new Node();
        node.parameters.put("a", Tensor.zeros(2));
        LoadReport report = node.loadStateDict(node.stateDict(Policy.COPY));
        LoadOptions options =
                LoadOptions.lenient().withMapping(KeyMapping.empty().withTranspose("*.kernel"));

        assertThat(again(tensor, Tensor.class).contentEquals(tensor)).isTrue();
        assertThat(again(report, LoadReport.class)).isEqualTo(report);
        assertThat(again(options, LoadOptions.class)).isEqualTo(options);
    }
}
