package dev.statedict.load;

import dev.statedict.Role;
import dev.statedict.StateAssigner;
import dev.statedict.load.Targets.Target;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.text.KeyList;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.HandedOutCopy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something, beside missing and unexpected keys, for which a load cannot happen. */
public sealed interface Problem {
    String message();

    /** PyTorch's text, with its {@code torch.Size}. */
    record SizeMismatch(String key, int[] given, int[] expected) implements Problem {
        boolean isTransposed() {
            return given.length == 2 && expected.length == 2 && given[0] == expected[1] && given[1] == expected[0];
        }

        @Override
        public String message() {
            return "size mismatch for " + key + ": copying a param with shape torch.Size(" + Arrays.toString(given)
                    + ") from checkpoint, the shape in current model is torch.Size(" + Arrays.toString(expected) + ").";
        }
    }

    /** PyTorch's text for a place in which two indices lead to one element. */
    record OverlapsItself(String key, int[] expected, int[] given) implements Problem {
        @Override
        public String message() {
            return "While copying the parameter named \"" + key + "\", whose dimensions in the model are torch.Size("
                    + Arrays.toString(expected) + ") and whose dimensions in the checkpoint are torch.Size("
                    + Arrays.toString(given)
                    + "), an exception occurred : ('unsupported operation: more than one element"
                    + " of the written-to tensor refers to a single memory location. Please clone() the tensor before"
                    + " performing the operation.',).";
        }
    }

    /** PyTorch's text, with Java's type names. */
    record NotATensor(String key, @Nullable Object value) implements Problem {
        @Override
        public String message() {
            return "While copying the parameter named \"" + key
                    + "\", expected torch.Tensor or Tensor-like object from checkpoint but received "
                    + describe(value);
        }
    }

    /** What a mapping could not do, in its own words. */
    record Unmapped(String reason) implements Problem {
        @Override
        public String message() {
            return "While mapping the state dict, " + reason;
        }
    }

    /** A key of a map without generics, or null. */
    record NotAString(@Nullable Object key) implements Problem {
        @Override
        public String message() {
            return "The state dict has the key " + key + ": keys must be strings.";
        }
    }

    /** A value that the primitive's type does not hold. */
    record OtherPrimitive(Target.OfPrimitive target, Tensor given, boolean rounding) implements Problem {
        @Override
        public String message() {
            return "While assigning the " + (target.role() == Role.COUNTER ? "counter" : "parameter") + " named \""
                    + target.key() + "\", expected " + target.type().description() + " but received "
                    + exactly(given, new int[0]) + "." + mend(target.type().elementType(), rounding);
        }
    }

    /** An element that the place's type does not hold; {@code at} is its place in row-major order. */
    record Inexact(String key, Tensor given, int at, ElementType type, boolean rounding) implements Problem {
        @Override
        public String message() {
            int[] index = new int[given.dim()];
            int rest = at;
            for (int dim = index.length - 1; dim >= 0; dim--) {
                index[dim] = rest % given.size(dim);
                rest /= given.size(dim);
            }
            return "While copying the parameter named \"" + key + "\", the element at " + Arrays.toString(index)
                    + " is "
                    + exactly(given, index) + ", which " + type + " does not hold exactly (the dict has "
                    + given.elementType() + ")." + mend(type, rounding);
        }
    }

    /** A tensor that a member could adopt but for its type. */
    record OtherType(String key, ElementType given, ElementType expected) implements Problem {
        @Override
        public String message() {
            return "While assigning the parameter named \"" + key + "\", expected " + expected + " but the dict has "
                    + given + ": Policy.ALIAS never converts. Load it with Policy.COPY, or convert it by"
                    + " to(ElementType." + expected + ").";
        }
    }

    private static String mend(ElementType type, boolean rounding) {
        boolean helps = type.isFloatingPoint() && !rounding;
        return helps ? " LoadOptions.allowRounding() takes the nearest that it has." : "";
    }

    /** The value in full: {@code Float.toString} rounds, and not alike on every JDK. */
    private static String exactly(Tensor tensor, int[] index) {
        return switch (tensor.elementType()) {
            case BOOL -> Boolean.toString(tensor.getLong(index) == 1);
            case I32, I64 -> Long.toString(tensor.getLong(index));
            case F32, F64 -> exactly(tensor.getDouble(index));
        };
    }

    private static String exactly(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        // the digits that tell a double from its neighbours are enough where they are not all
        boolean whole = value == Math.rint(value) || value == (float) value;
        return (whole ? new BigDecimal(value) : BigDecimal.valueOf(value))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Extra state of the other type, or a tensor in its place. */
    record NotExtraState(
            String key, Class<?> expected, @Nullable Object value) implements Problem {
        @Override
        public String message() {
            Object received = value instanceof ExtraStateValue extra ? extra.value() : value;
            return "While assigning the extra state \"" + key + "\", expected a " + expected.getSimpleName()
                    + " from StateDict.extraState() but received "
                    + (received instanceof Map ? "a Map" : describe(received)) + ".";
        }
    }

    /** Two keys of the dict that the options give one name. */
    record OneName(String key, String first, String second) implements Problem {
        @Override
        public String message() {
            if (first.equals(second) && ("." + key).endsWith("." + StateAssigner.EXTRA_STATE)) {
                return "The key \"" + key + "\" is there twice: as an entry and as extra state; leave out one.";
            }
            if (first.equals(second)) {
                return "The key \"" + key
                        + "\" is there twice: a hook or a migration returned it, and it is also that of"
                        + " an entry which was not shown to it.";
            }
            return "The keys \"" + first + "\" and \"" + second + "\" both become \"" + key + "\".";
        }
    }

    /** A forgiving load that would have done nothing, which is how lost weights go unnoticed. */
    record NothingApplied(int given, int expected) implements Problem {
        @Override
        public String message() {
            return "No key was applied: of the dict's " + KeyList.count(given, "key")
                    + " none fits any of the module's " + KeyList.count(expected, "key") + ".";
        }
    }

    /** A member, or an element, to which nothing can be assigned. The error names all such keys in one line. */
    record Unassignable(String key) implements Problem {
        @Override
        public String message() {
            return "The member \"" + key + "\" cannot be assigned.";
        }
    }

    /** A number in a container that nothing can be written to. */
    record UnmodifiableNumber(String key) implements Problem {
        @Override
        public String message() {
            return "The number \"" + key
                    + "\" has no storage to copy into, and its container is unmodifiable: keep it in one"
                    + " that can be written to, such as an ArrayList.";
        }
    }

    /** A container that throws when it is given the very element that it holds. */
    record FailingContainer(String key, RuntimeException thrown) implements Problem {
        @Override
        public String message() {
            return "Assigning \"" + key + "\" threw " + thrown + ".";
        }
    }

    /** A value without storage for which a module written by hand offers no assignment. */
    record NotOffered(String key, String name) implements Problem {
        @Override
        public String message() {
            return "The value \"" + key + "\" has no storage to copy into, and its module does not offer to assign it:"
                    + " write ... = assigner.field(\"" + name + "\", ...) in assignState.";
        }
    }

    /** A tensor that an array cannot adopt, because it is not the whole of such an array, or not on rows as deep. */
    record NotAWholeArray(String key, Tensor given, boolean rows) implements Problem {
        @Override
        public String message() {
            TensorAccess<Tensor> tensors = TensorAccess.to(given);
            int count = tensors.arrayCount(given);
            if (rows) {
                return "While assigning the array of arrays named \"" + key
                        + "\", expected a tensor on rows, all of them, as deep as the array, but received one of shape "
                        + Arrays.toString(given.shape())
                        + (count == 1 ? " on one array" : " on " + count + " rows") + ". Load it with Policy.COPY.";
            }
            return "While assigning the array named \"" + key
                    + "\", expected a tensor that is the whole of its storage but received "
                    + (count == 1
                            ? "a view of shape " + Arrays.toString(given.shape()) + " at offset "
                                    + given.storageOffset() + " of "
                                    + tensors.wrap(tensors.array(given, 0)).numel()
                                    + " elements"
                            : "one of shape " + Arrays.toString(given.shape()) + " on " + count + " rows")
                    + ". Load it with Policy.COPY.";
        }
    }

    /** An offered value whose type is not that of the visited member: a mistake in a module written by hand. */
    record WrongSlot(String key, String expected, String offered) implements Problem {
        static WrongSlot of(String key, String expected, @Nullable Object offered) {
            return new WrongSlot(
                    key, expected, offered == null ? "null" : offered.getClass().getSimpleName());
        }

        @Override
        public String message() {
            return "The module visits \"" + key + "\" as " + expected + " but offers to assign it as " + offered
                    + ": visitState and assignState must agree.";
        }
    }

    /** A tensor whose shape is not the one that the class declares. */
    record DeclaredShape(String key, List<Integer> given, List<String> declared, String reason) implements Problem {
        @Override
        public String message() {
            return "The shape " + given + " of \"" + key + "\" is not the declared " + declared + ": " + reason + ".";
        }
    }

    /** A member that its module makes anew each time it is asked. */
    record MadeAnew(HandedOutCopy copy) implements Problem {
        @Override
        public String message() {
            return copy.ofElements()
                    ? copy.message("into which nothing can be loaded", "")
                    : copy.message("in which nothing can be assigned", ", or load with Policy.COPY");
        }
    }

    /** State of a version that the class does not know yet. */
    record NewerVersion(String prefix, int given, int current) implements Problem {
        @Override
        public String message() {
            String module = prefix.isEmpty() ? "the root module" : '"' + prefix.substring(0, prefix.length() - 1) + '"';
            return "The state of " + module + " has version " + given + ", and its class has version " + current
                    + ". Load it with the newer class.";
        }
    }

    private static String describe(@Nullable Object value) {
        if (value instanceof ExtraStateValue) {
            return "extra state";
        }
        return value == null ? "null" : value.getClass().getName();
    }
}
