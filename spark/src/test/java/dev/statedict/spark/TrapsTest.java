package dev.statedict.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes in silence without this module, or fails with somebody else's words: each cell is an error that names what it is. */
class TrapsTest {
    private static final Map<String, List<String>> SERIALIZERS = new LinkedHashMap<>();

    static {
        SERIALIZERS.put("Java", List.of("spark.serializer", StateDictSerializer.class.getName()));
        SERIALIZERS.put(
                "Kryo",
                List.of(
                        "spark.serializer",
                        "org.apache.spark.serializer.KryoSerializer",
                        "spark.kryo.registrator",
                        StateDictKryoRegistrator.class.getName()));
        List<String> required = new ArrayList<>(SERIALIZERS.get("Kryo"));
        required.addAll(List.of("spark.kryo.registrationRequired", "true"));
        SERIALIZERS.put("Kryo with required registration", required);
    }

    static List<Arguments> clusters() {
        List<Arguments> clusters = new ArrayList<>();
        for (String master : List.of(Cluster.TWO_THREADS, Cluster.TWO_EXECUTORS)) {
            SERIALIZERS.forEach((name, settings) -> clusters.add(Arguments.of(master, name)));
        }
        return clusters;
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void rawStateIsRefusedAndWhatIsPortablePasses(String master, String serializer) {
        Softmax module = new Softmax(2, 3);
        module.weight.fill(1);
        StateDict dict = module.stateDict(Policy.ALIAS);
        Tensor tensor = module.weight;
        try (Cluster cluster = Cluster.start(master, SERIALIZERS.get(serializer).toArray(String[]::new))) {
            assertThat(failure(() -> cluster.context.broadcast(dict)))
                    .contains(
                            "a raw state dict (dev.statedict.StateDict) must not travel to tasks, which in local mode get the driver's own"
                                    + " and no copy; send PortableStateDict.of(dict) in its place, and call open() in the task");
            assertThat(failure(() -> cluster.context.broadcast(tensor)))
                    .contains("a raw tensor (dev.statedict.tensor.Tensor) must not travel to tasks");
            assertThat(failure(() -> cluster.context.broadcast(module)))
                    .containsAnyOf(
                            "a raw module (dev.statedict.spark.Softmax) must not travel to tasks",
                            // Kryo says it first where it knows registered classes alone
                            "Class is not registered: dev.statedict.spark.Softmax");
            // what a lambda captures goes by Java's serialization always, and arrives as a copy, one for each task
            assertThat(cluster.context
                            .parallelize(List.of(5, 5, 5, 5), 4)
                            .map(i -> {
                                Tensor weight = dict.get("weight");
                                float before = weight.get(0, 0);
                                weight.fill(i);
                                return before;
                            })
                            .collect())
                    .containsExactly(1f, 1f, 1f, 1f);
            assertThat(module.weight.get(0, 0)).isEqualTo(1);
            assertThat(failure(() -> cluster.context
                            .parallelize(List.of(1, 2), 2)
                            .map(i -> module.bias.numel() + i)
                            .collect()))
                    .contains("dev.statedict.spark.Softmax");
            assertThat(failure(() -> cluster.context
                            .parallelize(List.of(1, 2), 2)
                            .map(i -> new Softmax(2, 3))
                            .collect()))
                    .contains("dev.statedict.spark.Softmax");

            Broadcast<PortableStateDict> portable = cluster.context.broadcast(PortableStateDict.of(dict));
            module.weight.fill(2); // what the driver writes later
            List<Float> seen = cluster.context
                    .parallelize(List.of(1, 2, 3, 4), 4)
                    .map(i -> {
                        Tensor weight = portable.value().open().get("weight");
                        float before = weight.get(0, 0);
                        weight.fill(3); // what a task writes
                        return before;
                    })
                    .collect();
            assertThat(seen).containsExactly(1f, 1f, 1f, 1f);
            assertThat(portable.value().open().get("weight").get(0, 0)).isEqualTo(1);
            assertThat(module.weight.get(0, 0)).isEqualTo(2);
            trainsAsEver(cluster);
        }
    }

    /** All that this module sends itself. */
    private static void trainsAsEver(Cluster cluster) {
        SyntheticRows rows = SyntheticRows.of(100, 2);
        DataParallel<Softmax> training = DataParallel.of(
                () -> new Softmax(2, 3), (model, block, gradient) -> Softmax.sum(model, block, 3, gradient));
        Softmax model = new Softmax(2, 3);
        try (RowBlocks blocks = RowBlocks.of(
                        rows.rdd(cluster.context, 3), BlockOptions.defaults().withBlockRows(16));
                LocalSgd.Shards shards = LocalSgd.shards(blocks, 2)) {
            assertThat(training.gradient(blocks, model).rows()).isEqualTo(100);
            LocalSgd.<Softmax>of(
                            () -> new Softmax(2, 3),
                            (shard, own, round) -> own.forEach(block -> Softmax.descend(shard, block, 0.5f)))
                    .round(shards, model, 0);
            assertThat(model.weight.get(0, 0)).isNotZero();
        }
    }

    @Test
    void withoutThisModuleALocalBroadcastIsTheDriversOwn() {
        Softmax module = new Softmax(2, 3);
        module.weight.fill(1);
        try (Cluster cluster =
                Cluster.start(Cluster.TWO_THREADS, "spark.serializer", "org.apache.spark.serializer.KryoSerializer")) {
            Broadcast<Stateful> raw = cluster.context.broadcast(module);

            cluster.context.parallelize(List.of(1), 1).foreach(i -> ((Softmax) raw.value()).weight.fill(9));
        }

        assertThat(module.weight.get(0, 0))
                .as("a task wrote to the driver's module")
                .isEqualTo(9);
    }

    @Test
    void whatATrainingIsToCallMayCaptureNoRawState() {
        Softmax module = new Softmax(2, 3);
        StateDict dict = module.stateDict();

        assertThatThrownBy(() -> DataParallel.of(
                        () -> {
                            Softmax made = new Softmax(2, 3);
                            made.loadStateDict(dict);
                            return made;
                        },
                        (model, block, gradient) -> 0))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessageMatching(
                        "what tasks are to call, dev\\.statedict\\.spark\\.TrapsTest\\$\\$Lambda.*, cannot travel to them: a raw"
                                + " state dict \\(dev\\.statedict\\.StateDict\\) must not travel to tasks, which in local mode get the driver's own and"
                                + " no copy; send PortableStateDict\\.of\\(dict\\) in its place, and call open\\(\\) in the task");
        assertThatThrownBy(() -> DataParallel.of(() -> module, (model, block, gradient) -> 0))
                .hasMessageContaining("a raw module (dev.statedict.spark.Softmax)");
        Object lock = new Object();
        assertThatThrownBy(() ->
                        DataParallel.<Softmax>of(() -> new Softmax(2, lock.hashCode()), (model, block, gradient) -> 0))
                .hasMessageContaining(
                        "cannot travel to them: java.io.NotSerializableException: java.lang.Object; let it capture nothing"
                                + " that is not Serializable");
    }

    private static String failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        Throwable thrown = catchThrowable(action);
        assertThat(thrown).as("an error").isNotNull();
        StringBuilder text = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
