package dev.statedict.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "head.*, head.weight, true",
        "head.*, head., true",
        "head.*, head, false",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "*.weight, a.b.weight, true",
        "*.weight, a.weights, false",
        "layer?.bias, layer1.bias, true",
        "layer?.bias, layer.bias, false",
        "layer?.bias, layer12.bias, false",
        "*a*b*, xxbxxa, false",
        "*a*b*, xxaxxb, true",
        "a.b, axb, false",
        "**, anything, true",
        "*ab, aab, true",
    })
    void aStarStandsForAnyCharactersAndAQuestionMarkForOne(String glob, String key, boolean matches) {
        assertThat(new Glob(glob).matches(key)).isEqualTo(matches);
    }

    @Test
    void aCharacterBeyondTheBasicPlaneIsOneCharacter() {
        assertThat(new Glob("a?c").matches("a\uD83D\uDE00c")).isTrue();
        assertThat(new Glob("a??c").matches("a\uD83D\uDE00c")).isFalse();
        assertThat(new Glob("*\uDE00").matches("\uD83D\uDE00")).isFalse();
    }

    @Test
    void aLineBreakIsACharacterToo() {
        assertThat(new Glob("a?*").matches("a\n\n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"*, a*, true", "a*, a?, true", "a?, a*, false", "a?, a?, true", "?, *, false", "a.*, a.b.*, true"})
    void aGlobCoversAnotherWhenItMatchesWhateverTheOtherMatches(String glob, String other, boolean covers) {
        assertThat(new Glob(glob).covers(other)).isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.a.*.b.*.weight", "*a*b*c*a*b*c*a*b*c*d", "*.?.*.?.*.?.*!"})
    void aKeyFromAFileCannotMakeAnyGlobSlow(String glob) {
        String key = "a.b.c.".repeat(100_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(new Glob(glob).matches(key)).isFalse());
    }

    @Test
    void aGlobMatchesWhatTheRegularExpressionWould() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String glob = text(random, "ab.*?");
            String key = text(random, "ab.");
            Pattern regex = Pattern.compile(
                    glob.chars()
                            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                            .collect(Collectors.joining()),
                    Pattern.DOTALL);
            assertThat(new Glob(glob).matches(key))
                    .as("seed %d: %s on %s", seed, glob, key)
                    .isEqualTo(regex.matcher(key).matches());
        }
    }

    private static String text(Random random, String alphabet) {
        return random.ints(random.nextInt(9), 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
