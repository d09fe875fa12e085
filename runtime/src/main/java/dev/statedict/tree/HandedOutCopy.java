package dev.statedict.tree;

import org.jspecify.annotations.Nullable;

/**
 * A member that a module told twice, and not as the same: what is written to the one that was told is lost.
 *
 * @param key the member's whole key
 * @param module the simple name of the module's class
 * @param accessor the method that it is read through; null where the module, written by hand, tells it itself
 * @param ofElements whether the elements lie in other arrays; else only the list, map, outer array or module around them is
 *     another, so that elements can be written, and nothing be assigned
 */
public record HandedOutCopy(
        String key, String module, @Nullable String accessor, boolean ofElements) {

    /**
     * The sentence that names the member, with its mend.
     *
     * @param consequence what cannot be, for example {@code into which nothing can be loaded}
     * @param otherwise what else can be done, if anything, for example {@code , or make a COPY dict}
     */
    public String message(String consequence, String otherwise) {
        String who = accessor != null ? "The accessor " + accessor : "The visitState of " + module;
        String mend = accessor != null ? "return the field itself" : "tell the visitor what the module itself holds";
        String what = ofElements ? "\"" + key + "\"" : "the container or module \"" + key + "\"";
        return who + " hands out a copy of " + what + " each time it is called, " + consequence + ": " + mend
                + otherwise + ".";
    }
}
