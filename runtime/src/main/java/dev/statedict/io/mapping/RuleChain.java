package dev.statedict.io.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules, one after another, immutable. A longer chain shares the shorter one that it was made of, so that as many rules as
 * a model has keys are added in proportion to them.
 */
public final class RuleChain {
    /** No rule. */
    public static final RuleChain EMPTY = new RuleChain(null, null);

    private final @Nullable RuleChain before;
    private final @Nullable Rule last;
    private volatile @Nullable List<Rule> list;

    private RuleChain(@Nullable RuleChain before, @Nullable Rule last) {
        this.before = before;
        this.last = last;
    }

    /**
     * A chain.
     *
     * @param rules in order
     * @return the chain of them
     */
    public static RuleChain of(List<Rule> rules) {
        RuleChain chain = EMPTY;
        for (Rule rule : rules) {
            chain = chain.with(rule);
        }
        return chain;
    }

    /**
     * Adds a rule.
     *
     * @param rule sees what these make
     * @return these and that one
     */
    public RuleChain with(Rule rule) {
        return new RuleChain(this, rule);
    }

    /** {@return the rules in order; unmodifiable} */
    public List<Rule> list() {
        List<Rule> known = list;
        if (known == null) {
            List<Rule> backwards = new ArrayList<>();
            for (RuleChain chain = this; chain != null && chain.last != null; chain = chain.before) {
                backwards.add(chain.last);
            }
            Collections.reverse(backwards);
            known = List.copyOf(backwards);
            list = known;
        }
        return known;
    }

    /**
     * The way back.
     *
     * @return the inverse of each rule, in the opposite order
     * @throws IllegalStateException naming each rule that has none
     */
    public RuleChain inverse() {
        List<Rule> back = new ArrayList<>();
        List<String> without = new ArrayList<>();
        int number = 0;
        for (Rule rule : list()) {
            number++;
            Rule inverse = rule.inverse();
            if (inverse == null) {
                without.add("rule " + number + ", " + rule);
            } else {
                back.add(inverse);
            }
        }
        if (!without.isEmpty()) {
            throw new IllegalStateException("there is no way back, for what these rules take away is lost: "
                    + String.join("; ", without) + ". Build the mapping back from the rules without them");
        }
        Collections.reverse(back);
        return of(back);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleChain chain && list().equals(chain.list());
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
