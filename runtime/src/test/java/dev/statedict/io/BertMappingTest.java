package dev.statedict.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statedict.LoadOptions;
import dev.statedict.LoadReport;
import dev.statedict.Policy;
import dev.statedict.SchemaReport;
import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import dev.statedict.StateDictSchema;
import dev.statedict.StateVisitor;
import dev.statedict.Stateful;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A BERT as Hugging Face names it, loaded into a class with fused attention; {@code make-bert.py} wrote the files. */
class BertMappingTest {
    private static final KeyMapping NAMES = KeyMapping.empty()
            .withRename("bert.embeddings.word_embeddings.weight", "embeddings.weight")
            .withRename("bert.encoder.layer.{i}.attention.output.dense.{kind}", "layers.{i}.attention.out_proj.{kind}")
            .withRename("bert.encoder.layer.{i}.attention.output.LayerNorm.gamma", "layers.{i}.norm.weight")
            .withRename("bert.encoder.layer.{i}.attention.output.LayerNorm.beta", "layers.{i}.norm.bias")
            .withConcatenation(
                    List.of(
                            "bert.encoder.layer.{i}.attention.self.query.{kind}",
                            "bert.encoder.layer.{i}.attention.self.key.{kind}",
                            "bert.encoder.layer.{i}.attention.self.value.{kind}"),
                    "layers.{i}.attention.in_proj_{kind}",
                    0);
    private static final KeyMapping MAPPING = NAMES.withDrop("*.position_ids");

    @TempDir
    Path directory;

    private StateDict bert;
    private StateDict fused;

    @BeforeEach
    void read() throws IOException {
        bert = Checkpoints.load(Fixtures.copy("bert.safetensors", directory));
        fused = Checkpoints.load(Fixtures.copy("bert-fused.safetensors", directory));
    }

    private static final class Encoder implements Stateful {
        final Tensor embeddings = Tensor.zeros(10, 4);
        final List<Layer> layers = List.of(new Layer(), new Layer());

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.submodule("embeddings", embedding -> embedding.parameter("weight", embeddings));
            visitor.submodules("layers", layers);
        }
    }

    private static final class Layer implements Stateful {
        final Tensor inWeight = Tensor.zeros(12, 4);
        final Tensor inBias = Tensor.zeros(12);
        final Tensor outWeight = Tensor.zeros(4, 4);
        final Tensor outBias = Tensor.zeros(4);
        final Tensor scale = Tensor.zeros(4);
        final Tensor shift = Tensor.zeros(4);

        @Override
        public void visitState(StateVisitor visitor) {
            visitor.submodule("attention", attention -> {
                attention.parameter("in_proj_weight", inWeight);
                attention.parameter("in_proj_bias", inBias);
                attention.submodule("out_proj", projection -> {
                    projection.parameter("weight", outWeight);
                    projection.parameter("bias", outBias);
                });
            });
            visitor.submodule("norm", norm -> {
                norm.parameter("weight", scale);
                norm.parameter("bias", shift);
            });
        }
    }

    @Test
    void separateProjectionsBecomeTheFusedOneOfPyTorch() {
        assertThat(MAPPING.apply(bert).contentEquals(fused)).isTrue();
    }

    @Test
    void theLoadAppliesTheMappingAndReportsIt() {
        Encoder model = new Encoder();

        LoadReport report = model.loadStateDict(bert, LoadOptions.strict().withMapping(MAPPING));

        assertThat(model.stateDict().contentEquals(fused)).isTrue();
        assertThat(report.applied()).hasSize(13);
        assertThat(report.renamed())
                .hasSize(21)
                .containsEntry("bert.encoder.layer.1.attention.self.key.bias", "layers.1.attention.in_proj_bias")
                .containsEntry("bert.embeddings.word_embeddings.weight", "embeddings.weight");
    }

    @Test
    void theReportListsWhatTheMappingDroppedAndWhatNoRuleTouched() {
        StateDict more = bert.union(
                StateDict.builder().put("head.weight", Tensor.scalar(1)).build());

        LoadReport report = new Encoder()
                .loadStateDict(
                        more,
                        LoadOptions.strict()
                                .withMapping(MAPPING)
                                .allowUnexpected("head.*")
                                .withPrefix(""));

        assertThat(report.dropped()).containsExactly("bert.embeddings.position_ids");
        assertThat(report.untouched()).containsExactly("head.weight");
        assertThat(report.toString())
                .endsWith("\n1 key dropped by the mapping: bert.embeddings.position_ids"
                        + "\n1 key that no rule of the mapping touched: head.weight");
        assertThatThrownBy(() ->
                        new Encoder().loadStateDict(more, LoadOptions.strict().withMapping(MAPPING)))
                .isInstanceOfSatisfying(StateDictLoadException.class, refused -> {
                    assertThat(refused.report().dropped()).containsExactly("bert.embeddings.position_ids");
                    assertThat(refused.report().untouched()).containsExactly("head.weight");
                });
    }

    @Test
    void whatDoesNotFitIsToldAtOnceAndNothingIsLoaded() {
        Encoder model = new Encoder();
        StateDict before = model.stateDict(Policy.COPY);
        StateDict lacking = bert.filter(key -> !key.equals("bert.encoder.layer.0.attention.self.key.bias"));

        assertThatThrownBy(() ->
                        model.loadStateDict(lacking, LoadOptions.strict().withMapping(MAPPING.withDrop("pooler.*"))))
                .isInstanceOf(StateDictLoadException.class)
                .hasMessageContaining("While mapping the state dict, rule 5, concatenate"
                        + " \"bert.encoder.layer.{i}.attention.self.query.{kind}\","
                        + " \"bert.encoder.layer.{i}.attention.self.key.{kind}\","
                        + " \"bert.encoder.layer.{i}.attention.self.value.{kind}\""
                        + " to \"layers.{i}.attention.in_proj_{kind}\" along dimension 0:"
                        + " \"layers.0.attention.in_proj_bias\" has no piece"
                        + " \"bert.encoder.layer.{i}.attention.self.key.{kind}\""
                        + " beside \"bert.encoder.layer.0.attention.self.query.bias\"")
                .hasMessageContaining(
                        "While mapping the state dict, rule 7, drop \"pooler.*\": no key matches \"pooler.*\"")
                .hasMessageContaining("Missing key(s) in state_dict: \"layers.0.attention.in_proj_bias\". ");
        assertThat(model.stateDict().contentEquals(before)).isTrue();
    }

    @Test
    void theInverseExportsTheNamesOfHuggingFace() {
        StateDict exported = NAMES.inverse().apply(fused);

        assertThat(exported.contentEquals(bert.filter(key -> !key.endsWith("position_ids"))))
                .isTrue();
        assertThat(exported.get("bert.encoder.layer.0.attention.self.key.weight")
                        .sharesStorageWith(fused.get("layers.0.attention.in_proj_weight")))
                .isTrue();
    }

    @Test
    void whatNoRuleTouchesIsListed() {
        assertThat(NAMES.map(bert).untouched()).containsExactly("bert.embeddings.position_ids");
        assertThat(MAPPING.map(bert).dropped()).containsExactly("bert.embeddings.position_ids");
    }

    @Test
    void extraStateAndVersionsAreHeldAgainstTheSchemaUnderTheNamesThatTheyGet() throws IOException {
        Path file = directory.resolve("extra.safetensors");
        Checkpoints.save(
                file,
                StateDict.builder()
                        .put("old.w", Tensor.scalar(1))
                        .extraState("old", "said")
                        .version("old", 3)
                        .build());
        StateDictSchema schema = StateDictSchema.of((Stateful) visitor -> visitor.submodule("net", net -> {
            net.parameter("w", Tensor.scalar(0));
            net.extraState("");
        }));

        try (Checkpoint checkpoint = Checkpoints.open(file)) {
            assertThat(KeyMapping.empty()
                            .withRename("old.{rest*}", "net.{rest*}")
                            .check(checkpoint, schema)
                            .unexpected())
                    .isEmpty();
            assertThat(KeyMapping.empty()
                            .withRename("old.{rest*}", "{rest*}")
                            .withRename("w", "net.w")
                            .check(checkpoint, schema)
                            .missing())
                    .containsExactly("net._extra_state");
        }
    }

    @Test
    void aFileIsHeldAgainstMappingAndSchemaWithoutReadingATensor() throws IOException {
        StateDictSchema schema = StateDictSchema.of(new Encoder());

        try (Checkpoint checkpoint = Checkpoints.open(directory.resolve("bert.safetensors"))) {
            assertThat(MAPPING.check(checkpoint, schema).isCompatible()).isTrue();

            SchemaReport report = MAPPING.withDrop("pooler.*")
                    .withTranspose("embeddings.weight")
                    .withRename("layers.0.norm.bias", "layers.0.norm.shift")
                    .check(checkpoint, schema);

            assertThat(report.clashes()).containsExactly("rule 7, drop \"pooler.*\": no key matches \"pooler.*\"");
            assertThat(report.shapes()).singleElement().asString().contains("embeddings.weight", "[4, 10]", "[10, 4]");
            assertThat(report.missing()).containsExactly("layers.0.norm.bias");
            assertThat(report.unexpected()).containsExactly("layers.0.norm.shift");
        }
    }
}
