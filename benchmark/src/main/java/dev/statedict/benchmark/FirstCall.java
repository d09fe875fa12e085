package dev.statedict.benchmark;

import dev.statedict.Policy;
import dev.statedict.Stateful;
import dev.statedict.benchmark.model.ByHand;
import dev.statedict.tensor.Tensor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Map;

/** What a program pays that captures its model once: prints the microseconds of processor time of the first call in this JVM. */
public final class FirstCall {
    private FirstCall() {}

    /**
     * Times one call and a sum over what it gives. The code by hand has its keys before, as a class has its constants.
     *
     * @param arguments a {@link ModelKind}, then {@code stateDict} or {@code stateDictByHand}
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        Stateful model = ModelKind.valueOf(arguments[0]).create();
        String[] keys = ByHand.keys(model);
        boolean byHand = arguments[1].equals("stateDictByHand");
        nanoseconds(); // its own classes
        long start = nanoseconds();
        Map<String, Tensor> state = byHand ? ByHand.stateDict(model, keys) : model.stateDict(Policy.ALIAS);
        float sum = 0;
        for (Tensor tensor : state.values()) {
            sum += tensor.storage()[tensor.storageOffset()];
        }
        double microseconds = (nanoseconds() - start) / 1e3;
        if (sum != state.size()) {
            throw new IllegalStateException("a model of ones sums up to " + sum);
        }
        System.out.println(microseconds);
    }

    /**
     * This thread's time on a processor, where the kernel tells it, else the time of day. The JDK would tell too, but by
     * classes that load much of what the first call would have to load. The kernel brings its figure up to date when a thread
     * goes to sleep.
     */
    private static long nanoseconds() throws InterruptedException {
        Thread.sleep(1);
        try (FileInputStream file = new FileInputStream("/proc/thread-self/schedstat")) {
            long nanoseconds = 0;
            for (int digit = file.read(); digit >= '0'; digit = file.read()) {
                nanoseconds = 10 * nanoseconds + digit - '0';
            }
            return nanoseconds;
        } catch (IOException e) {
            return System.nanoTime();
        }
    }
}
