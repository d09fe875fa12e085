package dev.statedict.processor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Module classes whose fields get other names while the order of their state stays: {@code Net}, which extends
 * {@code Base}, holds {@code Block}s and {@code Leaf}s. All classes choose from the same few names, but no class, with its
 * superclass, uses a name twice.
 */
final class RenamedClasses {
    private static final int NAMES = 60;

    private static final class Field {
        private final String annotation;
        private final String declaration;
        private final List<String> formerNames = new ArrayList<>();
        private String name;

        Field(String annotation, String declaration, String name) {
            this.annotation = annotation;
            this.declaration = declaration;
            this.name = name;
        }

        String source() {
            String formerly = formerNames.stream()
                    .map(former -> '"' + former + '"')
                    .collect(Collectors.joining(", ", "(formerly = {", "})"));
            return "    @" + annotation + (formerNames.isEmpty() ? " " : formerly + " ") + declaration.formatted(name)
                    + "\n";
        }
    }

    private final Random random;
    private final Map<String, List<Field>> classes = new LinkedHashMap<>();
    private final Map<String, Set<String>> usedNames = new LinkedHashMap<>();

    RenamedClasses(Random random) {
        this.random = random;
        addClass("Leaf");
        addClass("Block", "Leaf");
        addClass("Base", "Leaf");
        addClass("Net", "Block", "Leaf");
    }

    private void addClass(String name, String... submodules) {
        List<Field> fields = new ArrayList<>();
        classes.put(name, fields);
        fields.add(field(name, "Parameter", "Tensor %s = Tensor.scalar(0);"));
        fields.add(field(name, "Parameter", "Optional<Tensor> %s = Optional.of(Tensor.scalar(0));"));
        fields.add(field(name, "Buffer", "long %s;"));
        fields.add(field(name, "Parameter", "List<Tensor> %s = List.of(Tensor.scalar(0), Tensor.scalar(0));"));
        for (String type : submodules) {
            fields.add(field(name, "Submodule", "final " + type + " %s = new " + type + "();"));
            fields.add(field(
                    name,
                    "Submodule",
                    "Map<String, " + type + "[]> %s = Map.of(\"x\", new " + type + "[] {new " + type + "()});"));
        }
        Collections.shuffle(fields, random);
    }

    private Field field(String owner, String annotation, String declaration) {
        return new Field(annotation, declaration, newName(owner));
    }

    private String newName(String owner) {
        String hierarchy = owner.equals("Base") ? "Net" : owner;
        Set<String> used = usedNames.computeIfAbsent(hierarchy, key -> new HashSet<>());
        String name;
        do {
            name = "n" + random.nextInt(NAMES);
        } while (!used.add(name));
        return name;
    }

    /** Gives some fields another name, and declares the old one. */
    void rename() {
        classes.forEach((owner, fields) -> {
            for (Field field : fields) {
                if (random.nextInt(3) == 0) {
                    field.formerNames.add(field.name);
                    field.name = newName(owner);
                }
            }
        });
    }

    String[] sources() {
        return classes.entrySet().stream()
                .map(entry -> source(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    private static String source(String name, List<Field> fields) {
        return """
                @StateModule
                public class %s%s implements %1$sState {
                %s
                    public %1$s() {}
                }
                """.formatted(
                        name,
                        name.equals("Net") ? " extends Base" : "",
                        fields.stream().map(Field::source).collect(Collectors.joining()));
    }
}
