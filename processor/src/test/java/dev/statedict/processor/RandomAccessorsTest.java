package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A success is true: of random classes, with accessors and setters of every kind, each entry that a load reports as applied
 * is in the module afterwards, under every policy; where it fails, nothing has changed. What is in the module is told by the
 * fields themselves, which the class shows to this test alone.
 */
class RandomAccessorsTest {
    private static final List<String> TYPES =
            List.of("float[]", "Tensor", "Tensor[]", "List<Tensor>", "int", "Optional<Tensor>", "Runnable", "Leaf");

    private static String leaf() {
        return Compiled.inExample("""
                @StateModule
                class Leaf implements Runnable, LeafState {
                    @Parameter Tensor v = Tensor.scalar(1);
                    Leaf() {}
                    Leaf(Tensor v) { this.v = v; }
                    public void run() {}
                }
                """);
    }

    private static String initial(String type) {
        return switch (type) {
            case "float[]" -> "{1, 2}";
            case "Tensor" -> "Tensor.zeros(2)";
            case "Tensor[]" -> "{Tensor.scalar(1)}";
            case "List<Tensor>" -> "new ArrayList<>(List.of(Tensor.scalar(1)))";
            case "int" -> "1";
            case "Optional<Tensor>" -> "Optional.of(Tensor.scalar(1))";
            default -> "new Leaf()";
        };
    }

    private static String copy(String type, String of) {
        return switch (type) {
            case "float[]", "Tensor[]" -> of + ".clone()";
            case "Tensor" -> of + ".copy()";
            case "List<Tensor>" -> "new ArrayList<>(" + of + ")";
            case "int" -> of + " + 1";
            case "Optional<Tensor>" -> of + ".map(Tensor::copy)";
            default -> "new Leaf(((Leaf) " + of + ").v.copy())";
        };
    }

    /** What the field holds, by the keys below its own. */
    private static String shown(String type, String name) {
        return switch (type) {
            case "float[]" -> "all.put(\"" + name + "\", Tensor.wrap(" + name + ", " + name + ".length));";
            case "Tensor" -> "all.put(\"" + name + "\", " + name + ");";
            case "Tensor[]" -> "all.put(\"" + name + ".0\", " + name + "[0]);";
            case "List<Tensor>" -> "all.put(\"" + name + ".0\", " + name + ".get(0));";
            case "int" -> "all.put(\"" + name + "\", Tensor.scalarInt(" + name + "));";
            case "Optional<Tensor>" -> "all.put(\"" + name + "\", " + name + ".get());";
            default -> "all.put(\"" + name + ".v\", ((Leaf) " + name + ").v);";
        };
    }

    /** What a setter does beside its own work: sometimes it replaces what the member before holds. */
    private static String sideEffect(Random random, List<String> types) {
        int before = types.size() - 2;
        return before < 0 || random.nextInt(4) > 0
                ? ""
                : " m" + before + " = " + copy(types.get(before), "m" + before) + ";";
    }

    private static String field(Random random, String name, List<String> types) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        types.add(type);
        boolean child = type.equals("Leaf") || type.equals("Runnable");
        String annotation = child ? "" : random.nextBoolean() ? "@Parameter " : "@Buffer ";
        String bean = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        List<String> lines = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            lines.add(annotation + type + " " + name + " = " + initial(type) + ";");
        } else {
            lines.add(annotation + "private " + type + " " + name + " = " + initial(type) + ";");
            String body = switch (random.nextInt(8)) {
                case 0 -> "return " + copy(type, name) + ";";
                case 1 -> "if (calls++ > 1) throw new IllegalStateException(\"" + name + "\"); return " + name + ";";
                case 2 ->
                    type.equals("int")
                            ? "return " + name + ";"
                            : "if (" + name + " == null) " + name + " = " + copy(type, name) + "; return " + name + ";";
                default -> "return " + name + ";";
            };
            lines.add(type + " get" + bean + "() { " + body + " }");
        }
        if (type.equals("int") || random.nextBoolean()) {
            String set = switch (random.nextInt(6)) {
                case 0 -> name + " = " + copy(type, "x") + ";";
                case 1 -> "if (calls++ > 3) throw new IllegalStateException(\"set " + name + "\"); " + name + " = x;";
                case 2 -> type.equals("int") ? name + " = Math.min(x, 5);" : "";
                default -> name + " = x;";
            };
            lines.add("void set" + bean + "(" + type + " x) { " + set + sideEffect(random, types) + " }");
        }
        lines.add("{ showing.add(all -> { " + shown(type, name) + " }); }");
        return String.join("\n    ", lines);
    }

    private static String net(Random random) {
        List<String> fields = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            fields.add(field(random, "m" + i, types));
        }
        return Compiled.inExample("""
                import java.util.function.*;

                @StateModule
                class Net implements NetState, Supplier<Map<String, Tensor>> {
                    private final transient List<Consumer<Map<String, Tensor>>> showing = new ArrayList<>();
                    private transient int calls;
                    %s
                    public Map<String, Tensor> get() {
                        Map<String, Tensor> all = new LinkedHashMap<>();
                        showing.forEach(each -> each.accept(all));
                        return all;
                    }
                }
                """.formatted(String.join("\n    ", fields)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReportedAsAppliedIsInTheModule(EachCompiler compiler, @TempDir Path directory) {
        long first = new Random().nextLong();
        int made = 0;
        int refused = 0;
        for (int i = 0; i < 25; i++) {
            String source = net(new Random(first + i));
            Supplier<Stateful> compiled = compiler.compile(directory, "example.Net", source, leaf());
            for (Policy policy : Policy.values()) {
                Stateful net = compiled.get();
                if (isLoaded(net, policy, policy + " of seed " + (first + i) + ":\n" + source)) {
                    made++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(made).as("loads that were made, of seed " + first).isGreaterThan(5);
        assertThat(refused).as("loads that were refused, of seed " + first).isGreaterThan(5);
    }

    /** Loads sevens, and holds that a success is one and a refusal has done nothing. */
    private static boolean isLoaded(Stateful net, Policy policy, String about) {
        Map<String, Tensor> before = new LinkedHashMap<>();
        Map<String, Tensor> state = new LinkedHashMap<>();
        shownBy(net).forEach((key, value) -> {
            before.put(key, value.copy());
            state.put(key, Tensor.zeros(value.elementType(), value.shape()));
            state.get(key).fill(7);
        });
        try {
            LoadReport report = net.loadStateDict(state, policy);
            assertThat(report.applied()).as(about).containsExactlyInAnyOrderElementsOf(state.keySet());
            holds(net, state, about);
            return true;
        } catch (StateDictLoadException | IllegalStateException refusal) {
            // what setters make of the old value, on the way back, is their own affair, and told
            if (!refusal.getMessage().contains("The load was undone, but ")) {
                holds(net, before, about);
            }
            return false;
        }
    }

    private static void holds(Stateful net, Map<String, Tensor> expected, String about) {
        expected.forEach((key, value) -> assertThat(shownBy(net).get(key).contentEquals(value))
                .as(key + " under " + about)
                .isTrue());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Tensor> shownBy(Object net) {
        return ((Supplier<Map<String, Tensor>>) net).get();
    }
}
