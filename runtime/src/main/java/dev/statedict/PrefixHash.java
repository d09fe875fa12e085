package dev.statedict;

import dev.statedict.tree.ModulePath;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of keys, without the keys: {@link String#hashCode} is a sum, so that of a joined text follows from those of
 * its parts. Remembers the module it was last asked for and the one around that, as neighbours share them.
 */
final class PrefixHash {
    private static final int[] POWERS = powers();

    private ModulePath module = ModulePath.ROOT;
    private int hash;
    private @Nullable PrefixHash around;

    /** This, for {@link ModulePath#prefix} of the module. */
    PrefixHash of(ModulePath path) {
        if (path != module) {
            hash = hashOf(path);
            module = path;
        }
        return this;
    }

    private int hashOf(ModulePath path) {
        ModulePath parent = path.parent();
        if (parent == null) {
            return 0;
        }
        if (around == null) {
            around = new PrefixHash();
        }
        return 31 * around.of(parent).joinedWith(path.name()) + '.';
    }

    /** The hash of the prefix and a name behind it. */
    int joinedWith(String name) {
        int length = name.length();
        int power = length < POWERS.length ? POWERS[length] : power(length);
        return hash * power + name.hashCode();
    }

    private static int[] powers() {
        int[] powers = new int[64];
        for (int exponent = 0; exponent < powers.length; exponent++) {
            powers[exponent] = power(exponent);
        }
        return powers;
    }

    private static int power(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 31;
        }
        return power;
    }
}
