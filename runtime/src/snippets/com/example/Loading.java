package com.example;

import dev.statedict.LoadOptions;
import dev.statedict.Policy;
import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictSchema;
import dev.statedict.Stateful;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.KeyMapping;
import dev.statedict.io.PickleScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files, and loads that forgive or translate. */
final class Loading {
    private Loading() {}

    static void options(Stateful model, StateDict pretrained) {
        // @start region="options"
        model.loadStateDict(
                pretrained,
                LoadOptions.strict()
                        .withPrefix("module.")            // a wrapper's prefix
                        .rename("cv1", "conv1")           // an old name, here of a submodule
                        .allowMissing("head.*")           // the new head keeps its own values
                        .skipMismatched("embed.weight")); // and so does an embedding of another size
        // @end
    }

    static StateDict transposed(StateDict dict) {
        // @start region="replace"
        StateDict transposed = dict.toBuilder()
                .replace("fc.weight", dict.get("fc.weight").transpose(0, 1))
                .build();
        // @end
        return transposed;
    }

    static void check(StateDict dict) {
        // @start region="schema"
        StateDictSchema schema = StateDictSchema.of(Linear.class);
        SchemaReport report = schema.check(dict); // or Checkpoints.check(path, schema), which reads no tensor
        if (!report.isCompatible()) {
            System.err.println(report);
        }
        // @end
    }

    static void files(Stateful model) throws IOException {
        // @start region="files"
        Checkpoints.save(Path.of("best.safetensors"), model.stateDict(Policy.COPY));
        model.loadStateDict(Checkpoints.load(Path.of("best.safetensors")));
        // @end
    }

    static void open(Path path) throws IOException {
        // @start region="open"
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            checkpoint.shape("fc.weight");    // nothing is read
            checkpoint.tensor("fc.weight");   // this tensor is
            checkpoint.values().get("epoch"); // 3, from a .pt
        }
        // @end
    }

    static void scan(Path path) throws IOException {
        // @start region="scan"
        PickleScan scan = PickleScan.of(path);
        if (!scan.isPlain()) {
            scan.globals().stream().filter(global -> !global.isPlain()).forEach(System.err::println);
        }
        // @end
    }

    static void mapping(Stateful model, Path path) throws IOException {
        // @start region="mapping"
        KeyMapping mapping = KeyMapping.empty()
                .withRename("encoder.layer.{i}.{rest*}", "layers.{i}.{rest*}")
                .withConcatenation(
                        List.of("layers.{i}.q.{kind}", "layers.{i}.k.{kind}", "layers.{i}.v.{kind}"),
                        "layers.{i}.qkv.{kind}",
                        0)
                .withTranspose("*.dense.weight")
                .withDrop("*.position_ids");
        model.loadStateDict(Checkpoints.load(path), LoadOptions.strict().withMapping(mapping));
        // @end
    }
}
