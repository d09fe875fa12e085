package dev.statedict.processor;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the calls of a case on its modules, and answers in the words of {@code conformance.json}. */
final class ConformanceRun {
    private static final String TENSOR = "(\\w+(?:\\.\\w+)+|\\w+\\['[^']+'])";

    private final Map<String, Stateful> modules;
    private final Policy policy;
    private final Map<String, Map<String, ?>> dicts = new HashMap<>();
    private final Map<String, Stateful> owners = new HashMap<>();
    private final Map<Pattern, Function<Matcher, @Nullable Object>> calls = new LinkedHashMap<>();

    /**
     * @param modules by the names of the case's variables
     * @param policy under which {@code M.stateDict()} is asked
     */
    ConformanceRun(Map<String, Stateful> modules, Policy policy) {
        this.modules = modules;
        this.policy = policy;
        on(
                "(\\w+)\\.stateDict\\(\\)\\.keys",
                call -> List.copyOf(module(call.group(1)).stateDict(policy).keySet()));
        on("(\\w+) := (\\w+)\\.stateDict\\(\\)", this::stateDict);
        on("(\\w+) := deepCopy\\((\\w+)\\)", this::deepCopy);
        on(
                "(\\w+) := (\\w+)\\.shallowMapCopy\\(\\)",
                call -> define(call.group(1), new LinkedHashMap<>(dict(call.group(2)))));
        on("(\\w+) := (\\{.*})", call -> define(call.group(1), dict(call.group(2))));
        on("(\\w+)\\.putAll (\\{.*})", call -> putAll(dict(call.group(1)), dict(call.group(2))));
        on("(\\w+)\\.remove\\('(\\w+)'\\)", call -> remove(dict(call.group(1)), call.group(2)));
        on("(\\w+)\\.loadStateDict\\((\\w+|\\{.*})(, strict=false)?(, assign=true)?\\)", this::load);
        on("in-place " + TENSOR + "(\\[.*)", this::writeInPlace);
        on("replace object (\\w+)\\.(\\w+) by new P(\\[.*)", this::replace);
        on("value " + TENSOR, call -> TensorNotation.of(tensor(call.group(1))));
        on(
                TENSOR + " shares memory with " + TENSOR,
                call -> tensor(call.group(1)).sharesStorageWith(tensor(call.group(2))));
        on("(\\w+)", call -> values(dict(call.group(1))));
    }

    private void on(String pattern, Function<Matcher, @Nullable Object> answer) {
        calls.put(Pattern.compile(pattern), answer);
    }

    @Nullable
    Object call(String call) {
        for (Map.Entry<Pattern, Function<Matcher, @Nullable Object>> known : calls.entrySet()) {
            Matcher matcher = known.getKey().matcher(call);
            if (matcher.matches()) {
                return known.getValue().apply(matcher);
            }
        }
        throw new IllegalArgumentException("no such call: " + call);
    }

    private Stateful module(String variable) {
        return modules.get(variable);
    }

    /** A variable, a map that is written out, or {@code None}. */
    private @Nullable Map<String, ?> dict(String text) {
        if (text.equals("None")) {
            return null;
        }
        return text.startsWith("{") ? TensorNotation.map(text) : dicts.get(text);
    }

    /** A member of a module, or an entry of a dict. */
    private Tensor tensor(String text) {
        if (text.endsWith("']")) {
            int bracket = text.indexOf('[');
            String key = text.substring(bracket + 2, text.length() - 2);
            return (Tensor) dict(text.substring(0, bracket)).get(key);
        }
        int dot = text.indexOf('.');
        return (Tensor) ModuleFields.get(module(text.substring(0, dot)), text.substring(dot + 1));
    }

    private @Nullable Object define(String variable, Map<String, ?> dict) {
        dicts.put(variable, dict);
        return null;
    }

    private @Nullable Object stateDict(Matcher call) {
        Stateful module = module(call.group(2));
        owners.put(call.group(1), module);
        return define(call.group(1), module.stateDict(policy));
    }

    /** What the COPY policy gives must equal a copy of what the ALIAS policy gave, so it is taken for that. */
    private @Nullable Object deepCopy(Matcher call) {
        StateDict copy = owners.get(call.group(2)).stateDict(Policy.COPY);
        if (!copy.contentEquals(((StateDict) dict(call.group(2))).copy())) {
            throw new AssertionError("COPY is not a deep copy of ALIAS: " + copy);
        }
        return define(call.group(1), copy);
    }

    private static @Nullable Object putAll(Map<String, ?> dict, Map<String, ?> entries) {
        return answer(() -> {
            tensors(dict).putAll(tensors(entries));
            return null;
        });
    }

    private static @Nullable Object remove(Map<String, ?> dict, String key) {
        return answer(() -> {
            dict.remove(key);
            return null;
        });
    }

    private @Nullable Object load(Matcher call) {
        Stateful module = module(call.group(1));
        Map<String, Tensor> state = tensors(dict(call.group(2)));
        boolean lenient = call.group(3) != null;
        boolean assign = call.group(4) != null;
        if (!lenient && !assign) {
            return answer(() -> report(module.loadStateDict(state)));
        }
        LoadOptions options = lenient ? LoadOptions.lenient() : LoadOptions.strict();
        return answer(() -> report(module.loadStateDict(state, assign ? options.withPolicy(Policy.ALIAS) : options)));
    }

    private @Nullable Object writeInPlace(Matcher call) {
        tensor(call.group(1)).copyFrom(TensorNotation.tensor(call.group(2)));
        return null;
    }

    private @Nullable Object replace(Matcher call) {
        ModuleFields.set(module(call.group(1)), call.group(2), TensorNotation.tensor(call.group(3)));
        return null;
    }

    private static Map<String, String> values(Map<String, ?> dict) {
        Map<String, String> values = new LinkedHashMap<>();
        dict.forEach((key, tensor) -> values.put(key, TensorNotation.of((Tensor) tensor)));
        return values;
    }

    private static String report(LoadReport report) {
        return "ok missing=" + python(report.missing()) + " unexpected=" + python(report.unexpected());
    }

    private static String python(List<String> keys) {
        return keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    /** The answer of a call that may fail. Of our error messages, PyTorch's part, which ends at the first blank line. */
    private static @Nullable Object answer(Supplier<@Nullable Object> call) {
        try {
            return call.get();
        } catch (StateDictLoadException e) {
            return "LoadError: " + e.getMessage().split("\n\n")[0];
        } catch (UnsupportedOperationException | NullPointerException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** A map as code without generics passes it, which may hold what is no tensor. */
    @SuppressWarnings("unchecked")
    private static Map<String, Tensor> tensors(Map<String, ?> map) {
        return (Map<String, Tensor>) map;
    }
}
