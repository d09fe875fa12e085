package dev.statedict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.tensor.Tensor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one object of a class has told is remembered for the next, which need not have the same members. */
class KeysOfOneClassTest {
    private static final int OBJECTS = 20;

    /** Parameters, then buffers, then children, as PyTorch orders them. */
    private static void expect(Node node, String prefix, List<String> keys) {
        node.parameters.keySet().forEach(name -> keys.add(prefix + name));
        node.buffers.keySet().forEach(name -> keys.add(prefix + name));
        node.children.forEach((name, child) -> expect(child, prefix + name + '.', keys));
    }

    private static List<String> expected(Node node) {
        List<String> keys = new ArrayList<>();
        expect(node, "", keys);
        return keys;
    }

    private static List<Node> objects(long seed) {
        Random random = new Random(seed);
        List<Node> objects = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(Node.random(random, 3));
        }
        return objects;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachObjectHasTheKeysOfItsOwnMembers(long seed) {
        List<Node> objects = objects(seed);
        for (int round = 0; round < 3; round++) {
            for (Node object : objects) {
                assertThat(object.stateDict().keySet()).as("seed %d", seed).containsExactlyElementsOf(expected(object));
            }
        }
    }

    @Test
    void alsoWhereManyThreadsWalkAtOnce() throws Exception {
        List<Node> objects = objects(4);
        ExecutorService threads = Executors.newFixedThreadPool(OBJECTS);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (Node object : objects) {
                List<String> expected = expected(object);
                wrong.add(threads.submit(() -> {
                    int count = 0;
                    for (int round = 0; round < 500; round++) {
                        count += List.copyOf(object.stateDict().keySet()).equals(expected) ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aModuleOfManyMembersHasAllOfThemEachTime() {
        Node node = new Node();
        Node child = new Node();
        node.children.put("child", child);
        for (int i = 0; i < 40; i++) {
            child.parameters.put("p" + i, Tensor.scalar(i));
        }
        for (int round = 0; round < 3; round++) {
            assertThat(node.stateDict().keySet()).containsExactlyElementsOf(expected(node));
        }
    }

    @Test
    void aKeyIsJoinedOnceForAllDictsOfAClass() {
        Node node = new Node();
        node.children.put("child", new Node());
        node.children.get("child").parameters.put("weight", Tensor.scalar(1));
        String first = node.stateDict().keySet().iterator().next();
        assertThat(node.stateDict(Policy.COPY).keySet().iterator().next()).isSameAs(first);
    }

    @Test
    void noModuleAndNoDictIsHeldOnTo() throws Exception {
        List<WeakReference<?>> used = used();
        for (int i = 0; i < 100 && used.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(used).allMatch(each -> each.get() == null);
    }

    private static List<WeakReference<?>> used() {
        Node node = objects(5).get(0);
        StateDict dict = node.stateDict();
        assertThat(dict.keySet()).isNotEmpty();
        return List.of(new WeakReference<>(node), new WeakReference<>(dict));
    }
}
