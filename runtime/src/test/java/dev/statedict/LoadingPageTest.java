package dev.statedict;

import static dev.statedict.Modules.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.statedict.Modules.Linear;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/loading.md} and {@code docs/state-dicts.md} show is what is printed. */
class LoadingPageTest {
    private static final class Net implements Stateful {
        private final Map<String, Stateful> children = new LinkedHashMap<>();

        @Override
        public void visitState(StateVisitor visitor) {
            children.forEach(visitor::submodule);
        }
    }

    private static void assertShown(String page, Object printed) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", page))).contains("```\n" + printed + "\n```");
    }

    @Test
    void theReport() throws IOException {
        Net model = new Net();
        model.children.put("embed", new Linear(Tensor.zeros(1200, 64), null));
        model.children.put("conv1", new Linear(Tensor.zeros(2), Tensor.zeros(1)));
        model.children.put("head", new Linear(Tensor.zeros(2), Tensor.zeros(1)));
        Map<String, Tensor> pretrained = new LinkedHashMap<>();
        pretrained.put("module.embed.weight", Tensor.zeros(1000, 64));
        pretrained.put("module.cv1.weight", tensor(1, 2));
        pretrained.put("module.cv1.bias", tensor(3));
        pretrained.put("module.old_head.weight", tensor(4));

        LoadReport report = model.loadStateDict(
                pretrained,
                LoadOptions.strict()
                        .withPrefix("module.")
                        .rename("cv1", "conv1")
                        .allowMissing("head.*")
                        .allowUnexpected("old_head.*")
                        .skipMismatched("embed.weight"));

        assertShown("loading.md", report);
    }

    @Test
    void theNoOp() throws IOException {
        long[] batches = {1};
        Linear linear = new Linear(tensor(1), tensor(2));
        Stateful model = Modules.of(
                visitor -> {
                    visitor.parameter("weight", linear.weight);
                    visitor.parameter("bias", linear.bias);
                    visitor.counter("num_batches_tracked", batches[0]);
                },
                assigner -> batches[0] = assigner.field("num_batches_tracked", batches[0]));

        String report = model.loadStateDict(model.stateDict()).toString();

        assertShown("loading.md", report.substring(report.indexOf("2 keys unchanged")));
    }

    @Test
    void theError() throws IOException {
        Net net = new Net();
        net.children.put("fc", new Linear(tensor(1), tensor(2)));
        StateDict wrapped = net.stateDict().withPrefix("module.");

        assertShown(
                "loading.md", catchThrowable(() -> net.loadStateDict(wrapped)).getMessage());
    }

    @Test
    void theTie() throws IOException {
        Net net = new Net();
        Tensor weight = tensor(1);
        net.children.put("embed", new Linear(weight, null));
        net.children.put("head", new Linear(weight, null));

        LoadReport report = net.loadStateDict(Map.of("embed.weight", tensor(2), "head.weight", tensor(3)));

        assertShown("loading.md", report.toString().lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void theDiff() throws IOException {
        StateDict before = StateDict.builder()
                .put("a", tensor(1))
                .put("fc.weight", Tensor.zeros(2, 2))
                .put("head.bias", tensor(1, 2))
                .extraState("fc", "old")
                .build();
        StateDict after = StateDict.builder()
                .put("fc.weight", Tensor.zeros(2, 3))
                .put("head.bias", tensor(1, 2.5f))
                .extraState("fc", "new")
                .build();

        assertShown("state-dicts.md", before.diff(after));
    }
}
