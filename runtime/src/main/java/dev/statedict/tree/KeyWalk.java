package dev.statedict.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows keys from the root of a module tree, each name read as the module at that place calls its member now. A load
 * follows them through modules, the check of a schema through what classes say of modules.
 *
 * @param <P> the places of the tree
 * @param <R> where a key ends
 */
public abstract class KeyWalk<P extends KeyWalk.Place<P>, R> {
    /**
     * A module or container on a key's way.
     *
     * @param <P> this type
     */
    public interface Place<P extends Place<P>> {
        /** What the module's class says of its past. */
        ModuleHistory history();

        /**
         * The modules and containers of a name directly below: none, one, or, where it is not known which, several, the
         * likeliest first.
         */
        List<P> below(String name);
    }

    /** The end at a place that reads no further, or null to go on with the rest of the key. */
    protected @Nullable R enter(P place, String prefix, String rest) {
        return null;
    }

    /** What a place calls one of its members. */
    protected String name(P place, String given) {
        return place.history().current(given);
    }

    /** The end at a place for the last name of a key, or null where the place knows none. */
    protected @Nullable R arrive(P place, String prefix, String name) {
        return null;
    }

    /** The end at a place from which no way leads on, or null to look further up. */
    protected @Nullable R lost(P place, String prefix, String rest) {
        return null;
    }

    /** A place on the way to the end that was found. */
    protected void passed(P place, String prefix) {}

    /**
     * Follows the rest of a key from a place.
     *
     * @param prefix what leads to the place, under current names
     * @return where the key ends, or null
     */
    public final @Nullable R follow(P place, String prefix, String rest) {
        R end = enter(place, prefix, rest);
        if (end == null) {
            end = below(place, prefix, rest);
        }
        if (end == null) {
            end = lost(place, prefix, rest);
        }
        if (end != null) {
            passed(place, prefix);
        }
        return end;
    }

    private @Nullable R below(P place, String prefix, String rest) {
        String given = firstName(rest);
        String name = name(place, given);
        if (given.length() == rest.length()) {
            return arrive(place, prefix, name);
        }
        for (P next : place.below(name)) {
            R end = follow(next, prefix + name + '.', rest.substring(given.length() + 1));
            if (end != null) {
                return end;
            }
        }
        return null;
    }

    /** The name that stands first in the rest of a key. */
    public static String firstName(String rest) {
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    /** The key with every former name replaced by the current one. */
    public static <P extends Place<P>> String withCurrentNames(P root, String key) {
        return new Renaming<P>().renamed(root, key);
    }

    /** The key with the former names of submodules that the tree has replaced by their current ones. */
    public static <P extends Place<P>> String withCurrentModules(P root, String key) {
        return new Renaming<P>() {
            @Override
            protected String name(P place, String given) {
                String current = super.name(place, given);
                return place.below(current).isEmpty() ? given : current;
            }
        }.renamed(root, key);
    }

    private static class Renaming<P extends Place<P>> extends KeyWalk<P, String> {
        String renamed(P root, String key) {
            String renamed = follow(root, "", key);
            return renamed == null ? key : renamed;
        }

        @Override
        protected String arrive(P place, String prefix, String name) {
            return prefix + name;
        }

        @Override
        protected String lost(P place, String prefix, String rest) {
            String given = firstName(rest);
            return prefix + name(place, given) + rest.substring(given.length());
        }
    }
}
