package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.statedict.io.KeyMapping;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dicts, tensors, reports and options as Java serializes them, through a filter that lets no other class in. */
class SerializationTest {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    @Test
    void aDictKeepsAllButItsPolicy() throws Exception {
        StateDict dict = StateDict.builder()
                .put("z.weight", Tensor.copyOf(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .put("a.mean", Tensor.copyOf(new double[] {0.5}, 1), Role.BUFFER, StoredType.F64)
                .put("a.half", Tensor.copyOf(new float[] {0.1f}, 1), Role.PARAMETER, StoredType.BF16)
                .put("steps", Tensor.scalarLong(7), Role.COUNTER, StoredType.I64)
                .extraState("a", "text \u00e9 \ud83d\ude00")
                .extraState("", Map.of("name", "value"))
                .extraState("b", (String) null)
                .version("a", 3)
                .build();

        StateDict arrived = Serialized.again(dict);

        assertThat(arrived.contentEquals(dict)).isTrue();
        assertThat(arrived.keySet()).containsExactly("z.weight", "a.mean", "a.half", "steps");
        assertThat(arrived.keySet())
                .extracting(arrived::role)
                .isEqualTo(dict.keySet().stream().map(dict::role).toList());
        assertThat(arrived.storedType("a.half")).isEqualTo(StoredType.BF16);
        assertThat(arrived.get("a.half").get(0)).isEqualTo(0.1f);
        assertThat(arrived.extraState())
                .containsExactly(
                        entry("a", "text \u00e9 \ud83d\ude00"), entry("", Map.of("name", "value")), entry("b", null));
        assertThat(arrived.versions()).isEqualTo(Map.of("", 1, "a", 3));
    }

    @Test
    void aDictArrivesAsACopyWhateverItWas() throws Exception {
        StateDict alias = Node.random(new Random(1), 2).stateDict(Policy.ALIAS);

        assertThat(alias.policy()).isEqualTo(Policy.ALIAS);
        assertThat(Serialized.again(alias).policy()).isEqualTo(Policy.COPY);
        assertThat(Serialized.again(alias).contentEquals(alias)).isTrue();
    }

    @Test
    void anEmptyDictArrivesEmpty() throws Exception {
        assertThat(Serialized.again(StateDict.builder().build())).isEmpty();
    }

    @Test
    void everyElementArrivesBitForBit() throws Exception {
        float oddNaN = Float.intBitsToFloat(0x7f812345);
        double oddDouble = Double.longBitsToDouble(0x7ff0000000012345L);
        StateDict dict = StateDict.builder()
                .put("floats", Tensor.copyOf(new float[] {-0f, oddNaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY}, 4))
                .put("doubles", Tensor.copyOf(new double[] {-0.0, oddDouble, Double.MIN_VALUE}, 3))
                .put("ints", Tensor.copyOf(new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}, 4))
                .put("longs", Tensor.copyOf(new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}, 4))
                .put("booleans", Tensor.copyOf(new boolean[] {true, false, true}, 3))
                .put("number", Tensor.scalar(0.25f))
                .put("nothing", Tensor.zeros(ElementType.I64, 3, 0, 2))
                .build();

        StateDict arrived = Serialized.again(dict);

        assertThat(arrived.contentEquals(dict)).isTrue();
        assertThat(Float.floatToRawIntBits(arrived.get("floats").get(1))).isEqualTo(0x7f812345);
        assertThat(Double.doubleToRawLongBits(arrived.get("doubles").getDouble(1)))
                .isEqualTo(0x7ff0000000012345L);
    }

    @Test
    void tiesAndOverlappingViewsStayWhatTheyAre() throws Exception {
        Tensor weight = Tensor.copyOf(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
        StateDict dict = StateDict.builder()
                .put("weight", weight)
                .put("tied", weight)
                .put("row", weight.select(0, 1))
                .put("transposed", weight.transpose(0, 1))
                .put("repeated", Tensor.strided(new float[] {9}, 0, new int[] {3}, new int[] {0}))
                .build();

        StateDict arrived = Serialized.again(dict);
        arrived.get("weight").set(8, 1, 0);

        assertThat(TENSORS.areTied(arrived.get("weight"), arrived.get("tied"))).isTrue();
        assertThat(arrived.get("row").toArray()).containsExactly(8, 4, 5);
        assertThat(arrived.get("transposed").get(0, 1)).isEqualTo(8);
        assertThat(arrived.get("transposed").strides()).containsExactly(1, 3);
        assertThat(arrived.get("repeated").strides()).containsExactly(0);
    }

    @Test
    void ofAStorageThePartThatEntriesCoverArrives() throws Exception {
        float[] large = new float[1_000_000];
        large[500_000] = 3;
        Tensor part = Tensor.wrap(large, 1_000_000).narrow(0, 500_000, 10);

        byte[] bytes = Serialized.write(StateDict.builder().put("part", part).build());

        assertThat(bytes).hasSizeLessThan(500);
        assertThat(((StateDict) Serialized.read(bytes)).get("part").storage()).hasSize(10);
        assertThat(((StateDict) Serialized.read(bytes)).get("part").get(0)).isEqualTo(3);
    }

    @Test
    void whatLiesOnRowsDoesSoAgain() throws Exception {
        double[][] rows = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
        double[][] others = {rows[2], {0, 0, 0}, rows[0]};
        StateDict dict = StateDict.builder()
                .put("matrix", Tensor.wrap(rows))
                .put("others", Tensor.wrap(others))
                .put("row", Tensor.wrap(rows[1], 3))
                .put("last", Tensor.wrap(rows).narrow(0, 1, 2))
                .put("deep", Tensor.wrapRows(new float[][][] {{{1}, {2}}, {{3}, {4}}}))
                .put("none", Tensor.wrap(new int[0][4]))
                .put("empty", Tensor.wrap(new int[4][0]))
                .build();

        StateDict arrived = Serialized.again(dict);
        arrived.get("matrix").fill(5);

        assertThat(TENSORS.wholeRows(arrived.get("matrix"))).isInstanceOf(double[][].class);
        assertThat(TENSORS.wholeRows(arrived.get("deep"))).isInstanceOf(float[][][].class);
        assertThat(TENSORS.arrayCount(arrived.get("empty"))).isEqualTo(4);
        assertThat(arrived.get("others").toDoubleArray()).containsExactly(5, 5, 5, 0, 0, 0, 5, 5, 5);
        assertThat(arrived.get("row").toDoubleArray()).containsExactly(5, 5, 5);
        assertThat(arrived.get("last").toDoubleArray()).containsOnly(5);
        assertThat(arrived.get("none").shape()).containsExactly(0, 0);
    }

    @Test
    void manyShortRowsTakeLittleMoreThanTheirElements() throws Exception {
        Tensor matrix = Tensor.wrap(new float[10_000][2]);

        assertThat(Serialized.write(StateDict.builder().put("matrix", matrix).build()))
                .hasSizeLessThan(10_000 * 2 * 4 + 1_000);
    }

    @Test
    void aTensorArrivesByItself() throws Exception {
        Tensor column =
                Tensor.copyOf(new int[] {1, 2, 3, 4}, 2, 2).transpose(0, 1).select(0, 1);

        assertThat(Serialized.again(column).contentEquals(column)).isTrue();
        assertThat(TENSORS.wholeRows(Serialized.again(Tensor.wrap(new long[][] {{1}, {2}}))))
                .isInstanceOf(long[][].class);
    }

    @Test
    void tensorsThatAreObjectsOfAStreamEachShareNothingThere() throws Exception {
        Tensor weight = Tensor.zeros(2);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(weight);
            out.writeObject(StateDict.of(Map.of("weight", weight)));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Tensor arrived = (Tensor) in.readObject();
            arrived.fill(1);
            assertThat(((StateDict) in.readObject()).get("weight").get(0)).isZero();
        }
    }

    @Test
    void aReportArrivesWhole() throws Exception {
        LoadReport report = new LoadReport(
                List.of("a", "b"),
                List.of("c"),
                List.of("\"quoted\""),
                List.of(new LoadReport.Skipped("d", List.of(2, 3), List.of())),
                Map.of("e", "f"),
                List.of("g"),
                Map.of("h", "i"),
                Map.of("j", "k"),
                List.of("l"),
                List.of("m"),
                List.of("n"),
                List.of("o\np"));

        assertThat(Serialized.again(report)).isEqualTo(report);
    }

    @Test
    void theReportOfALoadArrives() throws Exception {
        Node node = Node.random(new Random(1), 2);
        LoadReport report = node.loadStateDict(node.stateDict(Policy.COPY));

        assertThat(report.applied()).isNotEmpty();
        assertThat(Serialized.again(report)).isEqualTo(report).hasToString(report.toString());
    }

    @Test
    void optionsArriveWithTheirMapping() throws Exception {
        LoadOptions options = LoadOptions.strict()
                .withPolicy(Policy.ALIAS)
                .allowMissing("head.*", "*.bias")
                .allowUnexpected("old")
                .skipMismatched("embed.weight")
                .withPrefix("module.")
                .rename("cv1", "conv1")
                .allowRounding()
                .assumeVersion(2)
                .withMapping(KeyMapping.empty().withTranspose("*.kernel").withoutPrefix("bert."));

        assertThat(Serialized.again(options)).isEqualTo(options).hasToString(options.toString());
        assertThat(Serialized.again(LoadOptions.strict())).isEqualTo(LoadOptions.strict());
        assertThat(Serialized.again(LoadOptions.lenient())).isEqualTo(LoadOptions.lenient());
    }

    @Test
    void aMappingThatIsNotSerializableIsNamed() {
        StateMapping lambda = given -> new StateMapping.Result(given, Map.of(), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> Serialized.write(LoadOptions.strict().withMapping(lambda)))
                .isInstanceOf(NotSerializableException.class)
                .hasMessage("the mapping of these LoadOptions, a "
                        + lambda.getClass().getName()
                        + "; a KeyMapping is serializable, and so is a mapping whose class implements Serializable");
    }

    @Test
    void whatTheFormatDoesNotExpressIsNamedWhenItIsWritten() {
        Tensor expanded = Tensor.strided(new float[1], 0, new int[] {20_000_000}, new int[] {0});

        assertThatThrownBy(() -> Serialized.write(
                        StateDict.builder().put("big", expanded).build()))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("\"big\": 20,000,000 elements are made of 1; at most 16,777,216 may be;"
                        + " give contiguous() instead of an expanded view");
        assertThatThrownBy(() -> Serialized.write(
                        StateDict.builder().put("\ud800", Tensor.zeros(1)).build()))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage("the character U+D800 at index 0 is half of a surrogate pair, which no file can hold");
    }

    /** A stream in which a text stands for another of the same length. */
    private static byte[] forged(Object object, String before, String after) throws IOException {
        String stream = new String(Serialized.write(object), StandardCharsets.ISO_8859_1);
        assertThat(stream).contains(before);
        assertThat(after).hasSameSizeAs(before);
        return stream.replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static LoadReport reportOf(int size, String problem) {
        return new LoadReport(
                List.of("a"),
                List.of(),
                List.of(),
                List.of(new LoadReport.Skipped("d", List.of(size), List.of(1))),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(problem));
    }

    @Test
    void theLargestSizesAndVersionsArrive() throws Exception {
        LoadReport report = reportOf(Integer.MAX_VALUE, "none");
        LoadOptions options = LoadOptions.strict().assumeVersion(Integer.MAX_VALUE);

        assertThat(Serialized.again(report)).isEqualTo(report);
        assertThat(Serialized.again(options)).isEqualTo(options);
    }

    @Test
    void aSizeOrAVersionThatNoneCanBeIsRefused() throws IOException {
        byte[] report = forged(reportOf(2_000_000_000, "none"), "[2000000000]", "[3000000000]");
        byte[] options = forged(LoadOptions.strict().assumeVersion(2_000_000_000), ":2000000000}", ":3000000000}");

        assertThatThrownBy(() -> Serialized.read(report))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageMatching("no report of a load: byte \\d+: 3000000000 is no size");
        assertThatThrownBy(() -> Serialized.read(options))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageMatching("no options of a load: byte \\d+: 3000000000 is no version");
    }

    @Test
    void aReportOrOptionsBehindWhichMoreFollowsAreRefused() throws IOException {
        byte[] report = forged(reportOf(1, "more"), "[\"more\"]}", "[\"mor\"]}}");
        byte[] options = forged(LoadOptions.strict().assumeVersion(12), ":12}", ":1}}");

        assertThatThrownBy(() -> Serialized.read(report))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageStartingWith("no report of a load: byte ");
        assertThatThrownBy(() -> Serialized.read(options))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageStartingWith("no options of a load: byte ");
    }

    private static final class Forged implements Serializable {
        private static final long serialVersionUID = 1;
    }

    @Test
    void aStreamCannotMakeTheClassesThemselves() throws IOException {
        assertRefused(StateDict.class, "a state dict arrives as bytes, in its place");
        assertRefused(Tensor.class, "a tensor arrives as bytes, in its place");
        assertRefused(LoadOptions.class, "options of a load arrive as bytes, in their place");
        assertRefused(KeyMapping.class, "a mapping arrives as JSON, in its place");
    }

    private static void assertRefused(Class<?> type, String message) throws IOException {
        byte[] stream = Serialized.renamed(Serialized.write(new Forged()), Forged.class, type);

        assertThatThrownBy(() -> Serialized.read(stream))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessage(message);
    }
}
