package dev.statedict.processor;

import dev.statedict.processor.model.Diagnostic;
import org.junit.jupiter.api.Test;

/** What the compiler refuses: one error for each mistake, where the mistake is, with the mend. */
class RefusalsTest {
    @Test
    void aTensorWithoutAnAnnotation() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    @Parameter Tensor weight;
                    Tensor /*here*/cache;
                }
                """)
                .says(
                        Diagnostic.LOST_STATE,
                        "no state dict would hold \"cache\" (Tensor); annotate it with @Parameter or @Buffer, or leave it out with transient");
    }

    @Test
    void aParameterThatIsNoTensor() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter double rate;
                }
                """)
                .says(
                        Diagnostic.PARAMETER_TYPE,
                        "\"rate\" (double) is no parameter, which is a Tensor, a float[] or an Optional<Tensor>, or a List, an array or a Map<String, ...> of Tensor; change its type, or drop the annotation");
    }

    @Test
    void aPrivateField() {
        Refusal.of("""
                @StateModule
                class Net implements NetState {
                    /*here*/@Parameter private Tensor weight;
                }
                """)
                .says(
                        Diagnostic.PRIVATE_FIELD,
                        "\"weight\" is private, and the generated NetState cannot read it; drop private, or add a method \"Tensor weight()\" or \"Tensor getWeight()\"");
    }

    @Test
    void aFinalFieldUnderAliasLoading() {
        Refusal.of("""
                @StateModule(loadStateDict = Policy.ALIAS)
                class Net implements NetState {
                    /*here*/@Parameter final Tensor weight = Tensor.zeros(2);
                }
                """)
                .says(
                        Diagnostic.UNASSIGNABLE_UNDER_ALIAS,
                        "\"weight\" is final, and loading under Policy.ALIAS, which is Net's policy, assigns it; drop final, or load under Policy.COPY");
    }

    @Test
    void aClassThatDoesNotImplementItsInterface() {
        Refusal.of("""
                @StateModule
                final /*here*/class Net {
                    @Parameter Tensor weight;
                }
                """)
                .says(
                        Diagnostic.MISSING_INTERFACE,
                        "Net must declare \"implements NetState\", which is generated for it");
    }
}
