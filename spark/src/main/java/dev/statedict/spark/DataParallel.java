package dev.statedict.spark;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.Stateful;
import dev.statedict.arithmetic.ParameterVector;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Training on all rows of a cluster at once: each step broadcasts the module's state, computes the gradient where the rows are, adds
 * the blocks' gradients up along a fixed tree, and changes the module on the driver.
 *
 * <p>The result depends on the rows, their order and the size of blocks, and on nothing else: one process, any number of executors and
 * partitions, and a run in which executors were lost give the same bits.
 *
 * <pre>{@code
 * DataParallel<LogisticRegression> training = DataParallel.of(() -> LogisticRegression.zeros(64, 10), Losses::crossEntropy);
 * Sgd sgd = new Sgd(model.parameters(), 0.9, 0);
 * for (int step = 0; step < 100; step++) {
 *   training.step(blocks, model, gradients -> sgd.step(gradients, 0.5));
 * }
 * }</pre>
 *
 * @param <M> the module's class; its parameters are of one element type
 */
public final class DataParallel<M extends Stateful> {
    private final ModuleFactory<M> factory;
    private final LossGradient<M> gradient;

    private DataParallel(ModuleFactory<M> factory, LossGradient<M> gradient) {
        this.factory = factory;
        this.gradient = gradient;
    }

    /**
     * Training by a loss.
     *
     * @param factory makes modules on executors; it and the loss travel, so they must capture nothing that cannot
     * @param gradient the loss
     * @param <M> the module's class
     * @return the training, which has no state
     * @throws SparkTrainingException naming what cannot travel: a raw state dict, tensor or module that is captured, or something else
     *     that is not serializable
     */
    public static <M extends Stateful> DataParallel<M> of(ModuleFactory<M> factory, LossGradient<M> gradient) {
        RawState.requireNoneIn(factory);
        RawState.requireNoneIn(gradient);
        return new DataParallel<>(factory, gradient);
    }

    /**
     * One pass over the rows: the mean loss and its gradient at the module's present state. Nothing is left on the cluster, on failure
     * either.
     *
     * @param blocks the rows
     * @param model to be read alone
     * @return the same bits for the same blocks, wherever they lie
     * @throws SparkTrainingException naming the cause and the mend
     */
    public LossAndGradient gradient(RowBlocks blocks, M model) {
        List<SubtreeSum> sums;
        try (StateDictBroadcast state = StateDictBroadcast.of(blocks.context(), model.stateDict(Policy.COPY))) {
            sums = blocks.rdd()
                    .mapPartitions(new Task<>(factory, gradient, state))
                    .collect();
        } catch (Exception e) {
            throw SparkFailures.explained(e, factory, gradient);
        }
        FixedTree tree = new FixedTree();
        sums.forEach(tree::add);
        return LossAndGradient.of(tree.total(blocks.blockCount()), model);
    }

    /**
     * The same in this process, without Spark.
     *
     * @param blocks all blocks in order, as {@link RowBlock#split} gives them
     * @param model to be read alone
     * @return the bits that {@link #gradient(RowBlocks, Stateful)} gives for these blocks
     * @throws IllegalArgumentException when there is no block
     */
    public LossAndGradient gradient(List<RowBlock> blocks, M model) {
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("there are no rows to compute a gradient of");
        }
        FixedTree tree = new FixedTree();
        M sum = factory.create();
        for (RowBlock block : blocks) {
            tree.add(leaf(model, block, gradient, sum));
        }
        return LossAndGradient.of(tree.total(blocks.size()), model);
    }

    /**
     * A pass over the rows, then a step of an optimizer on the driver.
     *
     * @param blocks the rows
     * @param model what the optimizer changes
     * @param optimizer is given the gradients by the model's {@code parameters()}
     * @return loss and gradient as they were before the step
     * @throws SparkTrainingException naming the cause and the mend; the model has not changed then
     */
    public LossAndGradient step(RowBlocks blocks, M model, Consumer<? super List<Tensor>> optimizer) {
        LossAndGradient computed = gradient(blocks, model);
        optimizer.accept(computed.gradients());
        return computed;
    }

    /**
     * The same in this process, without Spark.
     *
     * @param blocks all blocks in order
     * @param model what the optimizer changes
     * @param optimizer is given the gradients by the model's {@code parameters()}
     * @return loss and gradient as they were before the step
     */
    public LossAndGradient step(List<RowBlock> blocks, M model, Consumer<? super List<Tensor>> optimizer) {
        LossAndGradient computed = gradient(blocks, model);
        optimizer.accept(computed.gradients());
        return computed;
    }

    private static <M extends Stateful> SubtreeSum leaf(M model, RowBlock block, LossGradient<M> gradient, M sum) {
        sum.parameters().forEach(parameter -> parameter.fill(0));
        double loss = gradient.sum(model, block, sum);
        Tensor vector = ParameterVector.parametersToVector(sum.namedParameters());
        return new SubtreeSum(
                0,
                block.index(),
                loss,
                block.totalWeight(),
                block.rows(),
                vector.elementType() == ElementType.F64 ? vector.toDoubleArray() : vector.toArray());
    }

    /** What runs on executors, for one partition. Named, so that an executor without this module's jar says what it lacks. */
    private static final class Task<M extends Stateful> implements FlatMapFunction<Iterator<RowBlock>, SubtreeSum> {
        private static final long serialVersionUID = 1;

        private final ModuleFactory<M> factory;
        private final LossGradient<M> gradient;
        private final StateDictBroadcast state;

        Task(ModuleFactory<M> factory, LossGradient<M> gradient, StateDictBroadcast state) {
            this.factory = factory;
            this.gradient = gradient;
            this.state = state;
        }

        @Override
        public Iterator<SubtreeSum> call(Iterator<RowBlock> blocks) {
            FixedTree tree = new FixedTree();
            if (blocks.hasNext()) {
                M model = factory.create();
                model.loadStateDict(state.open(), LoadOptions.strict().withPolicy(Policy.COPY));
                M sum = factory.create();
                while (blocks.hasNext()) {
                    tree.add(leaf(model, blocks.next(), gradient, sum));
                }
            }
            return tree.sums().iterator();
        }
    }
}
