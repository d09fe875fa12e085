package dev.statedict.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.benchmark.bars.Bars;
import dev.statedict.benchmark.result.Bar;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class BarsTest {
    private static final Pattern BENCHMARK = Pattern.compile("(\\w+Benchmark)\\.(\\w+).*");

    @Test
    void everyBarHasANameOfItsOwn() {
        assertThat(Bars.all().stream().map(Bar::name))
                .doesNotHaveDuplicates()
                .contains("alias-2000", "alias-2000/double", "copy-large/double", "load-large/rows", "growth/train");
    }

    @Test
    void everyBenchmarkThatABarNeedsIsThere() throws ClassNotFoundException {
        List<String> names = Bars.all().stream()
                .flatMap(Bar::measurements)
                .filter(name -> BENCHMARK.matcher(name).matches())
                .distinct()
                .toList();

        assertThat(names).isNotEmpty();
        for (String name : names) {
            Matcher matcher = BENCHMARK.matcher(name);
            assertThat(matcher.matches()).isTrue();
            Class<?> type = Class.forName("dev.statedict.benchmark." + matcher.group(1));
            assertThat(Arrays.stream(type.getMethods())
                            .filter(method -> method.isAnnotationPresent(Benchmark.class))
                            .map(Method::getName))
                    .as(name)
                    .contains(matcher.group(2));
        }
    }
}
