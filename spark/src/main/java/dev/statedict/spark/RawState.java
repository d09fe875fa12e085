package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State that must not travel as it is, for in local mode tasks get the driver's very objects. */
final class RawState {
    private static final String DICT = StateDict.class.getName();
    private static final String TENSOR = Tensor.class.getName();

    /** What Java's serialization puts in the place of an object, which is what it then shows. */
    private static final Map<String, String> STANDS_FOR = Map.of(
            "dev.statedict.SerializedStateDict", DICT,
            "dev.statedict.tensor.SerializedTensor", TENSOR);

    private RawState() {}

    /** Why an object must not travel, and what may instead; null when it may. */
    static @Nullable String problem(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        String type = STANDS_FOR.getOrDefault(
                object.getClass().getName(), object.getClass().getName());
        if (type.equals(DICT)) {
            return problem("state dict", type, "PortableStateDict.of(dict) in its place, and call open() in the task");
        }
        if (type.equals(TENSOR)) {
            return problem(
                    "tensor",
                    type,
                    "PortableStateDict.of(StateDict.of(Map.of(\"x\", tensor))) in its place, and call open().get(\"x\") in the task");
        }
        if (object instanceof Stateful) {
            return problem(
                    "module",
                    type,
                    "PortableStateDict.of(module.stateDict()) in its place, and load what open() gives into a module that the task makes");
        }
        return null;
    }

    private static String problem(String what, String type, String mend) {
        return "a raw " + what + " (" + type
                + ") must not travel to tasks, which in local mode get the driver's own and no copy; send " + mend;
    }

    /** Refuses what could not travel, here and not somewhere in a job. */
    static void requireNoneIn(Object function) {
        try (Output out = new Output(OutputStream.nullOutputStream())) {
            out.writeObject(function);
        } catch (IOException e) {
            String name = function.getClass().getName();
            throw new SparkTrainingException(
                    "what tasks are to call, " + name + ", cannot travel to them: "
                            + (e.getMessage() != null && e.getMessage().startsWith("a raw ")
                                    ? e.getMessage()
                                    : e
                                            + "; let it capture nothing that is not Serializable (a lambda in an instance method that uses a"
                                            + " field captures this), and make what it needs in the task"),
                    e);
        }
    }

    /** Java's serialization without raw state. */
    static final class Output extends ObjectOutputStream {
        Output(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) throws IOException {
            String problem = problem(object);
            if (problem != null) {
                throw new NotSerializableException(problem);
            }
            return object;
        }
    }
}
