package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NestedContainersTest {
    @Test
    void aListOfListsOfModulesIsNoRecursion() {
        String leaf = """
                package example;
                import dev.statedict.*;
                @StateModule class Leaf implements LeafState {}
                """;
        String tree = """
                package example;
                import dev.statedict.*;
                import java.util.*;
                @StateModule class Tree implements TreeState {
                    List<List<Leaf>> grid = List.of();
                    Map<String, Map<String, Leaf>> named = Map.of();
                    ArrayList<Optional<ArrayList<Leaf>>> deep = new ArrayList<>();
                }
                """;

        assertThat(Compiled.strictly(leaf, tree).generated("example.TreeState"))
                .contains("visitor.submodules(\"grid\", self.grid);")
                .contains("visitor.submodules(\"named\", self.named);")
                .contains("visitor.submodules(\"deep\", self.deep);");
    }
}
