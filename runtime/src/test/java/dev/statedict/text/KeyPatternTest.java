package dev.statedict.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
    @Test
    void aGroupIsAllOrTheMiddleOfAPart() {
        KeyPattern pattern = new KeyPattern("encoder.layer{i}_a.{kind}");

        assertThat(pattern.match("encoder.layer12_a.weight")).isEqualTo(Map.of("i", "12", "kind", "weight"));
        assertThat(pattern.match("encoder.layer_a.weight")).isNull();
        assertThat(pattern.match("encoder.layer1_b.weight")).isNull();
        assertThat(pattern.match("encoder.layer1_a.fc.weight")).isNull();
        assertThat(pattern.match("encoder.layer1_a")).isNull();
    }

    @Test
    void aGroupOfWholePartsIsOneOrMoreOfThem() {
        KeyPattern pattern = new KeyPattern("a.{rest*}.{i}.b");

        assertThat(pattern.match("a.x.0.b")).isEqualTo(Map.of("rest*", "x", "i", "0"));
        assertThat(pattern.match("a.x.y.z.0.b")).isEqualTo(Map.of("rest*", "x.y.z", "i", "0"));
        assertThat(pattern.match("a.0.b")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"{key*}, a..b", "{key*}, ''", ".{a}, .x", "{a*}.b, .b.b", "x{i}y.{r*}, xxyy.y.", "a, a", "'', ''"})
    void whatWasTakenApartComesTogetherAsTheSameKey(String pattern, String key) {
        KeyPattern read = new KeyPattern(pattern);

        assertThat(read.key(read.match(key))).isEqualTo(key);
    }

    @Test
    void aLongKeyTakesTimeInProportion() {
        String key = "a.".repeat(500_000) + "b";

        assertThat(new KeyPattern("a.{rest*}.a.{i}.c").match(key)).isNull();
        assertThat(new KeyPattern("a.{rest*}.b").match(key)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a}{b} | has more or less than one whole group in the part \"{a}{b}\"; write one {name} at most between two dots",
                "{a | has more or less than one whole group in the part \"{a\"; write one {name} at most between two dots",
                "*.weight | has a glob in it; name what is to be kept, {name} for a part of the key and {name*} for several",
                "{} | has a group {}; a name is of letters, digits and _",
                "{a-b} | has a group {a-b}; a name is of letters, digits and _",
                "x{a*} | cannot be read in one way only; {a*} stands for whole parts, between dots, and once in a pattern",
                "{a*}.{b*} | cannot be read in one way only; {b*} stands for whole parts, between dots, and once in a pattern",
                "{a}.{a} | names the group {a} twice",
                "{a*}.{a} | names the group {a} twice",
            })
    void whatIsNoPatternIsRefusedWithTheMend(String pattern, String why) {
        assertThatThrownBy(() -> new KeyPattern(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the pattern \"" + pattern + "\" " + why);
    }
}
