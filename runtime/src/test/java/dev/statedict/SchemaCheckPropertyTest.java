package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a module's classes say of their past, and whatever a dict is like: a schema tells of it what a load does. */
class SchemaCheckPropertyTest {
    private static final int ROUNDS = 1000;
    private static final ElementType[] TYPES = ElementType.values();

    /** A module with a random past. Former names are {@code "old-"} and a digit, retired ones begin with {@code "gone"}. */
    private static final class RandomModule implements Stateful {
        private final Map<String, Tensor> parameters = new LinkedHashMap<>();
        private final Map<String, Object> members = new LinkedHashMap<>();
        private final Map<String, Stateful> children = new LinkedHashMap<>();
        private final List<Tensor> scales = new ArrayList<>();
        private final Map<String, String> formerly = new LinkedHashMap<>();
        private final Map<String, Integer> addedIn = new LinkedHashMap<>();
        private final int version;
        private final boolean tied;

        RandomModule(Random random, int depth) {
            version = 1 + random.nextInt(3);
            for (int i = 0; i <= random.nextInt(3); i++) {
                Object member = member(random);
                members.put("p" + i, member);
                parameters.put("p" + i, seen(member));
            }
            tied = parameters.size() > 1 && random.nextInt(3) == 0;
            if (tied) {
                parameters.put("p1", parameters.get("p0"));
                members.put("p1", members.get("p0"));
            }
            for (int i = 0; i < random.nextInt(3); i++) {
                scales.add(Tensor.zeros(2));
            }
            for (int i = 0; depth > 0 && i < random.nextInt(3); i++) {
                children.put("c" + i, new RandomModule(random, depth - 1));
            }
            List<String> names = new ArrayList<>(parameters.keySet());
            names.addAll(children.keySet());
            for (String name : names) {
                if (random.nextInt(3) == 0) {
                    formerly.put("old-" + name, name);
                }
                if (random.nextInt(3) == 0) {
                    addedIn.put(name, 1 + random.nextInt(version));
                }
            }
        }

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.version(version);
            visitor.retired("gone*");
            members.forEach((name, member) -> tell(visitor, name, member));
            if (tied) {
                visitor.tiedTo("p1", "p0");
            }
            visitor.parameters("scales", scales);
            children.forEach(visitor::submodule);
            formerly.forEach((oldName, name) -> visitor.formerly(name, oldName));
            addedIn.forEach(visitor::addedIn);
        }
    }

    /** What a field may hold: a tensor, an array or rows, of any element type. */
    private static Object member(Random random) {
        ElementType type = TYPES[random.nextInt(TYPES.length)];
        return switch (random.nextInt(6)) {
            case 0 -> array(type, 2);
            case 1 -> rows(type);
            default -> Tensor.zeros(type, shape(random));
        };
    }

    private static Object array(ElementType type, int length) {
        return switch (type) {
            case F32 -> new float[length];
            case F64 -> new double[length];
            case I32 -> new int[length];
            case I64 -> new long[length];
            case BOOL -> new boolean[length];
        };
    }

    private static Object[] rows(ElementType type) {
        return switch (type) {
            case F32 -> new float[2][3];
            case F64 -> new double[2][3];
            case I32 -> new int[2][3];
            case I64 -> new long[2][3];
            case BOOL -> new boolean[2][3];
        };
    }

    private static Tensor seen(Object member) {
        Map<String, Tensor> all =
                Modules.visiting(visitor -> tell(visitor, "it", member)).stateDict();
        return all.get("it");
    }

    private static void tell(StateVisitor visitor, String name, Object member) {
        if (member instanceof Tensor tensor) {
            visitor.parameter(name, tensor);
        } else if (member instanceof float[] array) {
            visitor.parameter(name, array);
        } else if (member instanceof double[] array) {
            visitor.parameter(name, array);
        } else if (member instanceof int[] array) {
            visitor.parameter(name, array);
        } else if (member instanceof long[] array) {
            visitor.parameter(name, array);
        } else if (member instanceof boolean[] array) {
            visitor.parameter(name, array);
        } else {
            visitor.parameter(name, (Object[]) member);
        }
    }

    /** Values of a type, which other types hold or do not: all are 0, 1, large, or a fraction. */
    private static Tensor values(ElementType type, int[] shape, Random random) {
        Tensor tensor = Tensor.zeros(type, shape);
        int value = random.nextInt(4);
        switch (type) {
            case F32 -> tensor.fill(new float[] {0, 1, 0x1p30f, 0.5f}[value]);
            case F64 -> tensor.fill(new double[] {0, 1, 0x1p53, 0.1}[value]);
            case I32 -> tensor.fillLong(new long[] {0, 1, 1 << 24, Integer.MAX_VALUE}[value]);
            case I64 -> tensor.fillLong(new long[] {0, 1, 1L << 24, Long.MAX_VALUE}[value]);
            case BOOL -> tensor.fillLong(value % 2);
        }
        return tensor;
    }

    private static int[] shape(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new int[0];
            case 1 -> new int[] {1};
            case 2 -> new int[] {2};
            default -> new int[] {2, 3};
        };
    }

    @Test
    void agreesWithALoad() {
        int loadable = 0;
        int byValue = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            RandomModule module = new RandomModule(random, 2);
            StateDict state = mutated(module.stateDict(), random);

            SchemaReport report = StateDictSchema.of(module).check(state);

            try {
                module.loadStateDict(state);
                loadable++;
                assertThat(report.isCompatible())
                        .as("seed %d loads:\n%s\n%s", seed, state.keySet(), report)
                        .isTrue();
            } catch (StateDictLoadException refused) {
                String description = "seed " + seed + ": " + state.keySet() + " " + state.versions() + "\n"
                        + refused.getMessage() + "\n" + report;
                if (report.isCompatible()) {
                    // whether values fit into a narrower type shows only when they are read, of which the report warns
                    assertThat(report.types()).as(description).isNotEmpty();
                    assertThat(refused.report().problems())
                            .as(description)
                            .isNotEmpty()
                            .allMatch(SchemaCheckPropertyTest::isOfValue);
                    byValue++;
                }
                if (refused.report().problems().stream().anyMatch(SchemaCheckPropertyTest::isOfValue)) {
                    // the other name of a tie lacks what does not fit
                    assertThat(refused.report().missing()).as(description).containsAll(report.missing());
                } else {
                    assertThat(report.missing())
                            .as(description)
                            .containsExactlyElementsOf(refused.report().missing());
                }
                assertThat(report.unexpected())
                        .as(description)
                        .containsExactlyInAnyOrderElementsOf(refused.report().unexpected());
            }
        }
        assertThat(loadable).as("of %d dicts", ROUNDS).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
        assertThat(byValue).as("refused for a value").isGreaterThanOrEqualTo(ROUNDS / 100);
    }

    private static boolean isOfValue(String problem) {
        return problem.contains("does not hold exactly");
    }

    private static Tensor given(Tensor tensor, Random random) {
        boolean other = random.nextInt(20) == 0;
        ElementType type = random.nextInt(8) == 0 ? TYPES[random.nextInt(TYPES.length)] : tensor.elementType();
        return values(type, other ? shape(random) : tensor.shape(), random);
    }

    @Test
    void tellsWhereATypeMayNotFitAndNowhereElse() {
        Map<ElementType, Set<ElementType>> held = Map.of(
                ElementType.F32, Set.of(ElementType.F32, ElementType.BOOL),
                ElementType.F64, Set.of(ElementType.F64, ElementType.F32, ElementType.I32, ElementType.BOOL),
                ElementType.I32, Set.of(ElementType.I32, ElementType.BOOL),
                ElementType.I64, Set.of(ElementType.I64, ElementType.I32, ElementType.BOOL),
                ElementType.BOOL, Set.of(ElementType.BOOL));
        for (ElementType type : TYPES) {
            for (Object member : List.of(Tensor.zeros(type, 2), array(type, 2), rows(type))) {
                StateDictSchema schema = StateDictSchema.of(Modules.visiting(visitor -> tell(visitor, "it", member)));
                for (ElementType stored : TYPES) {
                    SchemaReport report = schema.check(StateDict.of(
                            Map.of("it", Tensor.zeros(stored, seen(member).shape()))));
                    String declared = member instanceof Tensor
                            ? "Tensor of " + type
                            : member.getClass().getSimpleName();

                    assertThat(report.isCompatible()).isTrue();
                    if (held.get(type).contains(stored)) {
                        assertThat(report.types())
                                .as("%s in %s", stored, declared)
                                .isEmpty();
                    } else {
                        assertThat(report.types())
                                .containsExactly("\"it\" is stored as " + stored + " and declared as " + declared
                                        + ": it loads if every value fits.");
                    }
                }
            }
        }
    }

    private static StateDict mutated(StateDict state, Random random) {
        Map<String, Tensor> entries = new LinkedHashMap<>();
        state.forEach((key, tensor) -> {
            String[] names = key.split("\\.");
            for (int i = 0; i < names.length; i++) {
                names[i] = random.nextInt(8) == 0 ? "old-" + names[i] : names[i];
            }
            if (random.nextInt(10) > 0) {
                entries.put(String.join(".", names), given(tensor, random));
            }
            if (random.nextInt(20) == 0) {
                entries.put(key.substring(0, key.lastIndexOf('.') + 1) + "gone" + random.nextInt(9), tensor);
            }
            if (random.nextInt(40) == 0) {
                entries.put(key + random.nextInt(9), tensor);
            }
            if (random.nextInt(40) == 0) {
                entries.put(key, tensor);
            }
        });
        // a load that applies nothing is refused for that alone
        entries.putIfAbsent("p0", state.get("p0"));
        StateDictBuilder builder = StateDict.builder();
        entries.forEach(builder::put);
        if (random.nextBoolean()) {
            state.versions().forEach((path, version) -> {
                int other = random.nextInt(30) == 0 ? version + 1 : 1 + random.nextInt(version);
                builder.version(path, other);
            });
        }
        return builder.build();
    }
}
