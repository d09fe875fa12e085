package dev.statedict.tensor.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two tables in which a load looks up arrays; they grow, and find what was added however full they were. */
class ArraysByIdentityTest {
    private final Object[] arrays = arrays(20_000);
    private final Object[] others = arrays(20_000);

    private static Object[] arrays(int count) {
        return Stream.generate(() -> new float[0]).limit(count).toArray();
    }

    @Test
    void moreRowsThanWereExpectedFindRoom() {
        RowSet rows = new RowSet(0);
        for (Object array : arrays) {
            assertThat(rows.add(array)).isTrue();
        }

        assertFound(rows);
    }

    @Test
    void rowsThatWereThereAreFoundWhenMoreAreExpected() {
        RowSet rows = new RowSet(3);
        for (int i = 0; i < arrays.length; i++) {
            if (i % 1000 == 5) {
                rows.expect(2000);
            }
            rows.add(arrays[i]);
        }

        assertFound(rows);
    }

    private void assertFound(RowSet rows) {
        assertThat(Stream.of(arrays).allMatch(rows::holds)).isTrue();
        assertThat(Stream.of(arrays).noneMatch(rows::add)).isTrue();
        assertThat(Stream.of(others).noneMatch(rows::holds)).isTrue();
    }

    @Test
    void moreHashesThanWereExpectedFindRoom() {
        IdentityHashes hashes = new IdentityHashes(0);
        for (Object array : arrays) {
            hashes.add(array);
        }

        assertThat(Stream.of(arrays).allMatch(hashes::mayHold)).isTrue();
        assertThat(Stream.of(arrays).noneMatch(hashes::add)).isTrue();
        // two arrays in many millions of pairs have one hash
        assertThat(Stream.of(others).filter(hashes::mayHold).count()).isLessThan(50);
    }

    @Test
    void hashesAreAddedTogetherUntilOneIsThere() {
        IdentityHashes hashes = new IdentityHashes(4);
        int[] two = {2 * 5 + 1, 2 * 9 + 1};

        assertThat(hashes.addAll(two)).isTrue();
        assertThat(hashes.addAll(new int[] {2 * 7 + 1, 2 * 9 + 1})).isFalse();
        assertThat(hashes.addAll(new int[0])).isTrue();
    }

    @Test
    void rowsAreApartFromArraysAmongWhichNoneOfThemIs() {
        RowSet rows = new RowSet(3);
        IntStream.range(0, 3).forEach(i -> rows.add(arrays[i]));
        IdentityHashes apart = new IdentityHashes(1);

        assertThat(rows.isApartFrom(apart)).as("from none").isTrue();
        apart.add(Arrays.stream(others)
                .filter(other -> !isHashOfAny(other))
                .findFirst()
                .orElseThrow());
        assertThat(rows.isApartFrom(apart)).isTrue();
        apart.add(arrays[2]);
        assertThat(rows.isApartFrom(apart)).isFalse();
    }

    private boolean isHashOfAny(Object other) {
        return IntStream.range(0, 3).anyMatch(i -> IdentityHashes.of(arrays[i]) == IdentityHashes.of(other));
    }
}
