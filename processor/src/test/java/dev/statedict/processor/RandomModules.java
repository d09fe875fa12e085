package dev.statedict.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Module classes made by chance, and what is expected of each: which keys, in which order, with which values. The
 * expectation knows PyTorch's rules and nothing of the processor.
 */
final class RandomModules {
    /** What a member is to its module; in the order of a state dict, children last. */
    private enum Group {
        PARAMETER,
        BUFFER,
        CHILD,
        NONE
    }

    /**
     * A member.
     *
     * @param source how it is declared
     * @param entries its entries, by their keys within the module
     * @param adopts whether loading under ALIAS can assign it
     */
    private record Member(Group group, String source, Map<String, Float> entries, boolean adopts) {}

    /** A Java type, an expression of it, and the entries of that by their keys; the empty key is the value itself. */
    private record Value(String type, String expression, Map<String, Float> entries, boolean adopts) {}

    /** A module class. */
    final class ModuleClass {
        private final String name;
        private final ModuleClass superclass;
        private final List<Member> members = new ArrayList<>();

        private ModuleClass(String name, ModuleClass superclass) {
            this.name = name;
            this.superclass = superclass;
        }

        String qualifiedName() {
            return "example." + name;
        }

        String source() {
            String parent = superclass == null ? "" : " extends " + superclass.name;
            String annotation = superclass == null || random.nextBoolean() ? "@StateModule\n" : "";
            return Compiled.inExample(members.stream()
                    .map(Member::source)
                    .collect(Collectors.joining(
                            "\n",
                            annotation + "public class " + name + parent + " implements " + name + "State {\n",
                            "\n}\n")));
        }

        /** The entries of a state dict, in its order. */
        Map<String, Float> entries() {
            Map<String, Float> entries = new LinkedHashMap<>();
            for (Group group : new Group[] {Group.PARAMETER, Group.BUFFER, Group.CHILD}) {
                inherited().stream()
                        .filter(member -> member.group == group)
                        .forEach(member -> entries.putAll(member.entries));
            }
            return entries;
        }

        /** Whether loading under ALIAS can assign everything. */
        boolean adopts() {
            return inherited().stream().allMatch(Member::adopts);
        }

        private List<Member> inherited() {
            List<Member> all = new ArrayList<>(superclass == null ? List.of() : superclass.inherited());
            all.addAll(members);
            return all;
        }
    }

    private final Random random;
    private final List<ModuleClass> classes = new ArrayList<>();
    private int fields;
    private int values;

    RandomModules(long seed, int count) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            ModuleClass superclass = i > 0 && random.nextInt(3) == 0 ? any(classes) : null;
            ModuleClass module = new ModuleClass("Net" + i, superclass);
            IntStream.range(0, random.nextInt(6)).forEach(member -> module.members.add(member()));
            // only now, so that no module contains itself
            classes.add(module);
        }
    }

    List<ModuleClass> classes() {
        return classes;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Member member() {
        String name = "field" + fields++;
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> tensor(name);
            case 3 -> number(name);
            case 4, 5 -> tensors(name);
            case 6 -> noise(name);
            default -> classes.isEmpty() ? tensor(name) : child(name);
        };
    }

    private Member tensor(String name) {
        float value = values++;
        Value held = any(List.of(
                new Value("Tensor", "Tensor.scalar(" + value + "f)", Map.of("", value), true),
                new Value("float[]", "{" + value + "f}", Map.of("", value), true),
                new Value("double[]", "{" + value + "f}", Map.of("", value), true),
                new Value("long[]", "{(long) " + value + "f}", Map.of("", value), true),
                new Value("Optional<Tensor>", "Optional.of(Tensor.scalar(" + value + "f))", Map.of("", value), true),
                new Value("Tensor", "null", Map.of(), true),
                new Value("Optional<Tensor>", "Optional.empty()", Map.of(), true)));
        Group group = any(List.of(Group.PARAMETER, Group.BUFFER));
        return declare(name, group, held, random.nextInt(4) > 0);
    }

    private Member number(String name) {
        int value = values++;
        String type = any(List.of("int", "long", "float", "double"));
        return declare(name, Group.BUFFER, new Value(type, "" + value, Map.of("", (float) value), true), true);
    }

    private Member tensors(String name) {
        Map<String, Float> entries = new LinkedHashMap<>();
        Map<String, String> expressions = new LinkedHashMap<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            float value = values++;
            boolean absent = random.nextInt(5) == 0;
            expressions.put("" + i, absent ? "null" : "Tensor.scalar(" + value + "f)");
            if (!absent) {
                entries.put("" + i, value);
            }
        }
        Group group = any(List.of(Group.PARAMETER, Group.BUFFER));
        Member declared = declare(name, group, contain("Tensor", expressions, entries), random.nextBoolean());
        // a container of tensors is a child, as ParameterList is
        return new Member(Group.CHILD, declared.source, declared.entries, true);
    }

    private Member child(String name) {
        Value value = modules(random.nextInt(4));
        Member declared = declare(name, Group.CHILD, value, random.nextBoolean());
        return new Member(Group.CHILD, declared.source, declared.entries, value.adopts);
    }

    /** A module, or containers of modules. */
    private Value modules(int depth) {
        if (depth == 0) {
            ModuleClass module = any(classes);
            String type = module.superclass != null && random.nextBoolean() ? module.superclass.name : module.name;
            type = random.nextInt(4) == 0 ? "Stateful" : type + any(List.of("", "State"));
            return random.nextInt(6) == 0
                    ? new Value(type, "null", Map.of(), true)
                    : new Value(type, "new " + module.name + "()", module.entries(), module.adopts());
        }
        Value content = modules(depth - 1);
        Map<String, String> expressions = new LinkedHashMap<>();
        Map<String, Float> entries = new LinkedHashMap<>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            String index = "" + i;
            expressions.put(index, content.expression);
            content.entries.forEach((key, value) -> entries.put(join(index, key), value));
        }
        Value contained = contain(content.type, expressions, entries);
        return new Value(contained.type, contained.expression, contained.entries, content.adopts);
    }

    private Value contain(String type, Map<String, String> expressions, Map<String, Float> entries) {
        String elements = String.join(", ", expressions.values());
        switch (random.nextInt(5)) {
            case 0:
                String erased = type.replaceAll("<.*>", "");
                return new Value(
                        type + "[]", "(" + type + "[]) new " + erased + "[] {" + elements + "}", entries, true);
            case 1:
                return mapOf(type, "LinkedHashMap", expressions, entries);
            case 2:
                Map<String, Float> sorted = new LinkedHashMap<>();
                new TreeMap<>(expressions)
                        .keySet()
                        .forEach(name -> entries.forEach((key, value) -> {
                            if (key.equals(name) || key.startsWith(name + '.')) {
                                sorted.put(key, value);
                            }
                        }));
                return mapOf(type, "HashMap", expressions, sorted);
            case 3:
                return new Value(
                        any(List.of("List<" + type + ">", "List<? extends " + type + ">", "ArrayList<" + type + ">")),
                        "new ArrayList<" + type + ">(Arrays.<" + type + ">asList(" + spread(type, elements) + "))",
                        entries,
                        true);
            default:
                return new Value(
                        "LinkedList<" + type + ">",
                        "new LinkedList<" + type + ">(Arrays.<" + type + ">asList(" + spread(type, elements) + "))",
                        entries,
                        true);
        }
    }

    /** A single array would be taken for the elements themselves. */
    private static String spread(String type, String elements) {
        return elements.equals("null") ? "(" + type + ") null" : elements;
    }

    private Value mapOf(String type, String map, Map<String, String> expressions, Map<String, Float> entries) {
        String names = expressions.keySet().stream()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", ", "List.of(", ")"));
        String elements = "Arrays.<" + type + ">asList(" + spread(type, String.join(", ", expressions.values())) + ")";
        return new Value(
                any(List.of("Map<String, " + type + ">", "Map<String, ? extends " + type + ">")),
                "Maps.<" + type + ">of(new " + map + "<>(), " + names + ", " + elements + ")",
                entries,
                true);
    }

    private Member noise(String name) {
        float value = values++;
        return new Member(
                Group.NONE,
                any(List.of(
                                "transient Tensor %s = Tensor.scalar(1);",
                                "@Transient List<Tensor> %s;",
                                "static Tensor %s;",
                                "@Buffer(persistent = false) private final Tensor %s = Tensor.scalar(" + value + "f);",
                                "float[] %s = {1};",
                                "List<String> %s = List.of();",
                                "@SuppressWarnings(\"statedict\") Set<Tensor> %s;"))
                        .formatted(name),
                Map.of(),
                true);
    }

    /** Declares a field: renamed or not, private or not, assignable or not. */
    private Member declare(String name, Group group, Value value, boolean assignable) {
        String key = random.nextInt(4) == 0 ? "renamed_" + name : name;
        String text = key.equals(name) ? "" : "(\"" + key + "\")";
        String annotation = switch (group) {
            case PARAMETER -> "@Parameter" + text + " ";
            case BUFFER -> "@Buffer" + text + " ";
            default -> key.equals(name) ? "" : "@Submodule" + text + " ";
        };
        boolean hidden = random.nextInt(3) == 0;
        String bean = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        StringBuilder source = new StringBuilder("    ")
                .append(annotation)
                .append(hidden ? "private " : "")
                .append(assignable ? "" : "final ")
                .append(value.type)
                .append(' ')
                .append(name)
                .append(" = ")
                .append(value.expression)
                .append(';');
        if (hidden) {
            source.append("\n    %s %s() { return %s; }".formatted(value.type, any(List.of(name, "get" + bean)), name));
        }
        if (assignable && (hidden || random.nextBoolean())) {
            source.append("\n    void set%s(%s value) { this.%s = value; }".formatted(bean, value.type, name));
        }
        Map<String, Float> entries = new LinkedHashMap<>();
        value.entries.forEach((within, each) -> entries.put(join(key, within), each));
        boolean adopts = assignable || group == Group.CHILD || entries.isEmpty();
        return new Member(group, source.toString(), entries, adopts);
    }

    private static String join(String name, String key) {
        return key.isEmpty() ? name : name + '.' + key;
    }
}
