package dev.statedict.spark;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.arithmetic.StateDictMath;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Local SGD: in each round every shard trains by itself, from the same state on, and the model becomes the mean of their states, weighted
 * by rows. Few rounds, so little travels.
 *
 * <p>How many shards there are is a part of the result, and so a setting, which has nothing to do with partitions and executors: they
 * change no bit. The states are averaged in the order of the shards.
 *
 * <pre>{@code
 * LocalSgd<Net> training = LocalSgd.of(Net::new, Steps::epoch);
 * try (LocalSgd.Shards shards = LocalSgd.shards(blocks, 8)) {
 *   for (int round = 0; round < 10; round++) {
 *     training.round(shards, model, round);
 *   }
 * }
 * }</pre>
 *
 * @param <M> the module's class
 */
public final class LocalSgd<M extends Stateful> {
    private final ModuleFactory<M> factory;
    private final LocalSteps<M> steps;

    private LocalSgd(ModuleFactory<M> factory, LocalSteps<M> steps) {
        this.factory = factory;
        this.steps = steps;
    }

    /**
     * Training by steps.
     *
     * @param factory makes the shards' modules
     * @param steps what a shard does in a round
     * @param <M> the module's class
     * @return the training, which has no state
     * @throws SparkTrainingException naming what cannot travel
     */
    public static <M extends Stateful> LocalSgd<M> of(ModuleFactory<M> factory, LocalSteps<M> steps) {
        RawState.requireNoneIn(factory);
        RawState.requireNoneIn(steps);
        return new LocalSgd<>(factory, steps);
    }

    /**
     * Brings the blocks of each shard together, once for all rounds.
     *
     * @param blocks the rows
     * @param count how many shards, of which each gets a run of blocks
     * @return to be closed
     * @throws IllegalArgumentException when there are not as many blocks
     */
    public static Shards shards(RowBlocks blocks, int count) {
        requireBlocks(blocks.blockCount(), count);
        return new Shards(blocks, count);
    }

    private static void requireBlocks(long blocks, int shards) {
        if (shards < 1 || shards > blocks) {
            throw new IllegalArgumentException(blocks + " blocks cannot be dealt to " + shards
                    + " shards, of which each gets 1 or more; ask for fewer shards, or make smaller blocks");
        }
    }

    /**
     * One round.
     *
     * @param shards the rows
     * @param model its state is what the round begins with, and is the shards' mean after it
     * @param round its number, which the steps are told
     * @throws SparkTrainingException naming the cause and the mend; the model has not changed then
     */
    public void round(Shards shards, M model, int round) {
        List<Shard> trained;
        try (StateDictBroadcast state = StateDictBroadcast.of(shards.blocks.context(), model.stateDict(Policy.COPY))) {
            trained = new ArrayList<>(shards.rdd
                    .mapPartitions(new Task<>(factory, steps, state, round))
                    .collect());
        } catch (Exception e) {
            throw SparkFailures.explained(e, factory, steps);
        }
        average(trained, model);
    }

    /**
     * The same in this process, without Spark.
     *
     * @param blocks all blocks in order
     * @param shards how many shards
     * @param model its state is what the round begins with, and is the shards' mean after it
     * @param round its number, which the steps are told
     * @throws IllegalArgumentException when there are not as many blocks
     */
    public void round(List<RowBlock> blocks, int shards, M model, int round) {
        requireBlocks(blocks.size(), shards);
        Map<Integer, List<RowBlock>> byShard = new TreeMap<>();
        for (RowBlock block : blocks) {
            byShard.computeIfAbsent(shardOf(block.index(), blocks.size(), shards), shard -> new ArrayList<>())
                    .add(block);
        }
        StateDict state = model.stateDict(Policy.COPY);
        List<Shard> trained = new ArrayList<>();
        byShard.forEach((shard, own) -> trained.add(train(shard, own, factory, steps, state, round)));
        average(trained, model);
    }

    private static int shardOf(long block, long blocks, int shards) {
        return (int) (block * shards / blocks);
    }

    private void average(List<Shard> shards, M model) {
        shards.sort(Comparator.comparingInt(shard -> shard.index));
        List<StateDict> states =
                shards.stream().map(shard -> shard.state.open()).toList();
        StateDict mean = states.get(0).copy();
        StateDictMath.averageInPlace(
                mean, states, shards.stream().mapToDouble(shard -> shard.weight).toArray());
        model.loadStateDict(mean, LoadOptions.strict().withPolicy(Policy.COPY));
    }

    private static <M extends Stateful> Shard train(
            int shard,
            List<RowBlock> blocks,
            ModuleFactory<M> factory,
            LocalSteps<M> steps,
            StateDict state,
            int round) {
        M model = factory.create();
        model.loadStateDict(state, LoadOptions.strict().withPolicy(Policy.COPY));
        steps.train(model, List.copyOf(blocks), round);
        double weight = 0;
        for (RowBlock block : blocks) {
            weight += block.totalWeight();
        }
        return new Shard(shard, weight, PortableStateDict.of(model.stateDict(Policy.COPY)));
    }

    /** The blocks of a cluster by shard; kept until closed. */
    public static final class Shards implements AutoCloseable {
        private final RowBlocks blocks;
        private final JavaPairRDD<Integer, RowBlock> rdd;

        private Shards(RowBlocks blocks, int count) {
            this.blocks = blocks;
            long blockCount = blocks.blockCount();
            int partitions = Math.min(
                    count,
                    Math.max(blocks.rdd().getNumPartitions(), blocks.context().defaultParallelism()));
            this.rdd = blocks.rdd()
                    .mapToPair(block -> new Tuple2<>(shardOf(block.index(), blockCount, count), block))
                    .partitionBy(new Modulo(partitions))
                    .persist(StorageLevel.MEMORY_AND_DISK());
        }

        /** Lets the executors forget them; the blocks that they were made of stay. */
        @Override
        public void close() {
            rdd.unpersist(false);
        }
    }

    /** What a shard has come to. A class and no record, for Kryo. */
    static final class Shard implements Serializable {
        private static final long serialVersionUID = 1;

        final int index;
        final double weight;
        final PortableStateDict state;

        Shard(int index, double weight, PortableStateDict state) {
            this.index = index;
            this.weight = weight;
            this.state = state;
        }
    }

    private static final class Modulo extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;

        Modulo(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object shard) {
            return (Integer) shard % partitions;
        }
    }

    /** What runs on executors, for the shards of one partition. */
    private static final class Task<M extends Stateful>
            implements FlatMapFunction<Iterator<Tuple2<Integer, RowBlock>>, Shard> {
        private static final long serialVersionUID = 1;

        private final ModuleFactory<M> factory;
        private final LocalSteps<M> steps;
        private final StateDictBroadcast state;
        private final int round;

        Task(ModuleFactory<M> factory, LocalSteps<M> steps, StateDictBroadcast state, int round) {
            this.factory = factory;
            this.steps = steps;
            this.state = state;
            this.round = round;
        }

        @Override
        public Iterator<Shard> call(Iterator<Tuple2<Integer, RowBlock>> blocks) {
            Map<Integer, List<RowBlock>> byShard = new TreeMap<>();
            blocks.forEachRemaining(block -> byShard.computeIfAbsent(block._1(), shard -> new ArrayList<>())
                    .add(block._2()));
            List<Shard> trained = new ArrayList<>();
            byShard.forEach((shard, own) -> {
                own.sort(Comparator.comparingLong(RowBlock::index));
                trained.add(train(shard, own, factory, steps, state.open(), round));
            });
            return trained.iterator();
        }
    }
}
