package dev.statedict;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a load forgives, and its policy. Immutable: each {@code with} gives a new value. Strict unless said otherwise.
 */
public final class LoadOptions {
    private static final LoadOptions STRICT = new LoadOptions(null);

    private final @Nullable Policy policy;

    private LoadOptions(@Nullable Policy policy) {
        this.policy = policy;
    }

    /**
     * Every key must match, under the class's policy.
     *
     * @return the options of {@code loadStateDict(map)}
     */
    public static LoadOptions strict() {
        return STRICT;
    }

    /**
     * Sets the policy.
     *
     * @param policy {@link Policy#COPY} to write into the module's tensors, {@link Policy#ALIAS} to adopt the dict's
     * @return these options with that policy
     */
    public LoadOptions withPolicy(Policy policy) {
        return new LoadOptions(Objects.requireNonNull(policy));
    }

    /**
     * Sets the policy where none is set; generated code binds the class's policy so.
     *
     * @param classPolicy the policy for the case that no other is set
     * @return these options with a policy
     */
    public LoadOptions withDefaultPolicy(Policy classPolicy) {
        return policy == null ? withPolicy(classPolicy) : this;
    }

    Policy policy() {
        return policy == null ? Policy.COPY : policy;
    }
}
