package dev.statedict.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statedict.processor.model.Diagnostic;
import org.junit.jupiter.api.Test;

/** What generated code cannot read, or loading cannot assign, is refused. */
class FieldAccessTest {
    @Test
    void anAccessorThatASubclassOverridesIsRefused() {
        Refusal.of("""
                @StateModule
                class Sub extends Base implements SubState {
                    @Parameter("weight2") private Tensor weight = Tensor.zeros(2);
                    @Override public Tensor /*here*/getWeight() { return weight; }
                    @Override public void setWeight(Tensor t) { weight = t; }
                }
                """, """
                @StateModule
                class Base implements BaseState {
                    @Parameter private Tensor weight = Tensor.zeros(2);
                    public Tensor getWeight() { return weight; }
                    public void setWeight(Tensor t) { weight = t; }
                }
                """)
                .says(
                        Diagnostic.OVERRIDDEN_ACCESSOR,
                        "Sub.getWeight() overrides the accessor through which the private Base.weight is read, so that a"
                                + " state dict would hold what this method returns; give it another name, drop private from"
                                + " Base.weight, or write @SuppressWarnings(\"statedict\") on it where it returns the very"
                                + " same");
    }

    @Test
    void whatOnlyLooksLikeSuchAnAccessorIsNone() {
        String base = """
                @StateModule
                class Base implements BaseState {
                    @Parameter private Tensor weight = Tensor.zeros(2);
                    @Parameter Tensor bias = Tensor.zeros(2);
                    Tensor getWeight() { return weight; }
                    Tensor getBias() { return bias; }
                }
                """;
        String sub = """
                class Sub extends Base {
                    @Override @SuppressWarnings("statedict") Tensor getWeight() { return super.getWeight(); }
                    @Override Tensor getBias() { return null; }
                    Tensor getWeight(int copies) { return null; }
                }
                """;

        assertThat(Compiled.strictly(Compiled.inExample(base), Compiled.inExample(sub))
                        .messages())
                .isEmpty();
    }

    @Test
    void aPrivateFieldWithoutAnAccessor() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter private Tensor weight;

                    private Object weight() { return weight; }
                    static Tensor getWeight() { return null; }
                    Tensor weight(int index) { return weight; }
                    Object isWeight() { return weight; }
                }
                """)
                .says(
                        Diagnostic.PRIVATE_FIELD,
                        "Net.weight is private, and the generated NetState cannot read it; drop private, or add a method"
                                + " \"Tensor weight()\" or \"Tensor getWeight()\"");
    }

    @Test
    void aPrivateSubmodule() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    private List<Net> /*here*/layers;

                    Object layers() { return layers; }
                }
                """)
                .says(
                        Diagnostic.PRIVATE_FIELD,
                        "Net.layers is private, and the generated NetState cannot read it; drop private, or add a method"
                                + " \"List<Net> layers()\" or \"List<Net> getLayers()\"");
    }

    @Test
    void aStaticField() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter static Tensor weight;
                }
                """)
                .says(
                        Diagnostic.STATIC_FIELD,
                        "Net.weight is static, and a module's state is its own; drop static, or the annotation"
                                + " @Parameter");
    }

    @Test
    void twoRoles() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter @Buffer Tensor weight;
                }
                """)
                .says(
                        Diagnostic.CONFLICTING_ANNOTATIONS,
                        "Net.weight is declared to be @Parameter and @Buffer; keep one of them");
    }

    @Test
    void aRoleThatIsLeftOut() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter transient Tensor weight;
                }
                """)
                .says(
                        Diagnostic.CONFLICTING_ANNOTATIONS,
                        "Net.weight is declared to be @Parameter and transient; keep one of them");
    }

    @Test
    void aFinalTensorUnderAliasLoading() {
        for (String type : new String[] {"Tensor", "float[]", "Optional<Tensor>"}) {
            Refusal.of("""
                    @StateModule(loadStateDict = Policy.ALIAS)
                    class Net implements NetState {
                        /*here*/@Parameter final %s weight = null;
                    }
                    """.formatted(type))
                    .says(
                            Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                            "Net.weight is final, and loading under Policy.ALIAS, which is the policy of Net, assigns it; drop"
                                    + " final, or load under Policy.COPY");
        }
    }

    @Test
    void aFinalTensorUnderTheAliasLoadingOfTheCompilation() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer final Tensor weight = Tensor.zeros(2);
                }
                """)
                .under("-Astatedict.loadStateDict=ALIAS")
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "Net.weight is final, and loading under Policy.ALIAS, which is the policy of Net, assigns it; drop"
                                + " final, or load under Policy.COPY");
    }

    @Test
    void aRecordComponentUnderAliasLoading() {
        Refusal.of("""
                @StateModule(loadStateDict = Policy.ALIAS)
                record Net(/*here*/@Parameter Tensor weight) implements NetState {}
                """)
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "Net.weight is a record component, and loading under Policy.ALIAS, which is the policy of Net, assigns"
                                + " it; make Net a class, or load under Policy.COPY");
    }

    @Test
    void aPrivateTensorWithoutASetterUnderAliasLoading() {
        Refusal.of("""
                @StateModule(loadStateDict = Policy.ALIAS)
                class Net implements NetState {
                    /*here*/@Parameter private Tensor weight;

                    Tensor weight() { return weight; }
                    void setWeight(Object weight) {}
                    private void setWeight(Tensor weight) {}
                }
                """)
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "Net.weight is private and has no setter, and loading under Policy.ALIAS, which is the policy of Net,"
                                + " assigns it; add a method \"void setWeight(Tensor)\", or drop private, or load under"
                                + " Policy.COPY");
    }

    @Test
    void aFinalTensorOfASuperclassUnderAliasLoading() {
        Refusal.of("""
                @StateModule
                class Base implements BaseState {
                    @Parameter final Tensor weight = Tensor.zeros(2);
                    @Parameter Tensor bias;
                    @Buffer final Tensor mean = Tensor.zeros(2);
                }
                """, """
                @StateModule(loadStateDict = Policy/*here*/.ALIAS)
                class Net extends Base implements NetState {}
                """)
                .says(
                        Diagnostic.INHERITED_UNASSIGNABLE,
                        "Net loads under Policy.ALIAS, which cannot assign what it inherits: Base.weight, Base.mean; drop"
                                + " final or add a setter there, or load under Policy.COPY");
    }

    @Test
    void aNumberThatIsFinal() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer final long steps = 0;
                }
                """).says(Diagnostic.UNASSIGNABLE, "Net.steps is final, and loading assigns a number; drop final");
    }

    @Test
    void aNumberInARecord() {
        Refusal.of("""
                @StateModule
                record Net(/*here*/@Buffer int steps) implements NetState {}
                """)
                .says(
                        Diagnostic.UNASSIGNABLE,
                        "Net.steps is a record component, and loading assigns a number; make Net a class");
    }

    @Test
    void aPrivateNumberWithoutASetter() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Buffer private boolean warm;

                    boolean isWarm() { return warm; }
                }
                """)
                .says(
                        Diagnostic.UNASSIGNABLE,
                        "Net.warm is private and has no setter, and loading assigns a number; add a method \"void"
                                + " setWarm(boolean)\", or drop private");
    }

    @Test
    void extraStateThatIsFinal() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@ExtraState final Map<String, String> settings = new HashMap<>();
                }
                """)
                .says(Diagnostic.UNASSIGNABLE, "Net.settings is final, and loading assigns extra state; drop final");
    }

    @Test
    void aSetterThatThrowsACheckedException() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter Tensor weight;

                    void setWeight(Tensor weight) throws java.io.IOException {}
                }
                """)
                .says(
                        Diagnostic.SETTER_THROWS,
                        "Net.setWeight throws IOException, which loading cannot handle; let it throw unchecked"
                                + " exceptions alone");
    }

    @Test
    void anAccessorOfAnotherModuleIsNone() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    private List<Block> /*here*/blocks;

                    List<Other> blocks() { return null; }

                    @StateModule
                    static class Block implements Net_BlockState {}

                    @StateModule
                    static class Other implements Net_OtherState {}
                }
                """)
                .says(
                        Diagnostic.PRIVATE_FIELD,
                        "Net.blocks is private, and the generated NetState cannot read it; drop private, or add a method"
                                + " \"List<Block> blocks()\" or \"List<Block> getBlocks()\"");
    }

    @Test
    void anAccessorThatIsPrivateToo() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter private Tensor weight;

                    private Tensor getWeight() { return weight; }
                }
                """)
                .says(
                        Diagnostic.PRIVATE_ACCESSOR,
                        "Net.weight is private, and so is the method getWeight(), through which the generated NetState could"
                                + " read it; drop private from one of them");
    }
}
