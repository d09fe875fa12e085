package dev.statedict.processor;

import dev.statedict.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of {@code conformance.md} for modules, as the Java that a user writes. {@code M{m c=L{p w[1]=1}; b x=null}}
 * is
 *
 * <pre>{@code
 * @StateModule
 * class M implements MState {
 *     L c = new L();
 *     @Buffer Tensor x;
 *
 *     M() {}
 * }
 * }</pre>
 *
 * and {@code L} beside it. Items that stand for others ({@code m b -> a}) are set in the constructor of the root.
 */
final class ModuleNotation {
    private static final Pattern MODULE = Pattern.compile("(\\w+)\\{(.*)}");
    private static final Pattern ITEM = Pattern.compile("(p|b|b~|m) (\\w+)(=null|=\\w+\\{.*}| -> [\\w.]+|\\[.*)");

    private final String packageName;
    private final String rootClass;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> classOfPath = new LinkedHashMap<>();
    private final List<String> constructor = new ArrayList<>();

    ModuleNotation(String packageName, String notation) {
        this.packageName = packageName;
        rootClass = read("", notation);
    }

    /** The sources of the module's class and those of its submodules. */
    List<String> sources() {
        return List.copyOf(sources.values());
    }

    /** The qualified name of the module's class. */
    String className() {
        return packageName + "." + rootClass;
    }

    /** The field of a member: its name, where that can be one. */
    static String field(String name) {
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private String read(String path, String notation) {
        Matcher module = match(MODULE, notation);
        String name = module.group(1);
        StringJoiner fields = new StringJoiner("\n");
        for (String item : items(module.group(2))) {
            fields.add(member(path, match(ITEM, item)));
        }
        String previous = sources.put(name, """
                package %s;

                import dev.statedict.*;
                import dev.statedict.tensor.Tensor;

                @StateModule
                class %s implements %2$sState {
                %s
                    %2$s() {
                %s    }
                }
                """.formatted(
                        packageName,
                        name,
                        fields.toString().indent(4),
                        path.isEmpty() ? String.join("\n", constructor).indent(8) : ""));
        if (previous != null) {
            throw new IllegalArgumentException("two classes of one name in " + notation);
        }
        return name;
    }

    private String member(String path, Matcher item) {
        String name = item.group(2);
        String value = item.group(3);
        return switch (item.group(1)) {
            case "p" -> "@Parameter " + tensor(path, name, value);
            case "b" -> "@Buffer " + tensor(path, name, value);
            case "b~" -> "@Buffer(persistent = false) " + tensor(path, name, value);
            default -> submodule(path, name, value);
        };
    }

    private String tensor(String path, String name, String value) {
        if (value.startsWith(" -> ")) {
            constructor.add(path + name + " = " + value.substring(4) + ";");
        }
        return value.startsWith("[") ? "Tensor " + name + " = " + expression(value) + ";" : "Tensor " + name + ";";
    }

    private static String expression(String value) {
        Tensor tensor = TensorNotation.tensor(value);
        StringJoiner arguments = new StringJoiner(", ", "Tensor.wrap(", ")");
        StringJoiner elements = new StringJoiner(", ", "new float[] {", "}");
        for (float element : tensor.toArray()) {
            elements.add(element + "f");
        }
        arguments.add(elements.toString());
        Arrays.stream(tensor.shape()).forEach(size -> arguments.add(Integer.toString(size)));
        return arguments.toString();
    }

    private String submodule(String path, String name, String value) {
        String field = field(name);
        String annotation = field.equals(name) ? "" : "@Submodule(\"" + name + "\") ";
        if (value.equals("=null")) {
            return annotation + "Stateful " + field + ";";
        }
        if (value.startsWith(" -> ")) {
            String original = value.substring(4);
            constructor.add(path + field + " = " + original + ";");
            return annotation + classOfPath.get(original) + " " + field + ";";
        }
        String type = read(path + field + ".", value.substring(1));
        classOfPath.put(path + field, type);
        return annotation + type + " " + field + " = new " + type + "();";
    }

    /** Splits at the semicolons that stand outside of braces. */
    private static List<String> items(String body) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < body.length(); i++) {
            switch (body.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case ';' -> {
                    if (depth == 0) {
                        items.add(body.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        if (start < body.length()) {
            items.add(body.substring(start));
        }
        return items;
    }

    private static Matcher match(Pattern pattern, String notation) {
        Matcher matcher = pattern.matcher(notation);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not in the notation: " + notation);
        }
        return matcher;
    }
}
