package dev.statedict.processor.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that the processor refuses or warns of, and its words. {@code docs/errors.md} explains each. */
public enum Diagnostic {
    LOST_STATE("no state dict would hold %s (%s); annotate it with @Parameter or @Buffer, or leave it out with %s"),
    UNNAMEABLE_STATE(
            "no state dict can name what is in %s (%s); keep modules in Lists, arrays, Optionals and Maps with String keys,"
                    + " tensors in one List, array, Optional or Map with String keys, or leave it out with %s"),
    RAW_CONTAINER("%s (%s) has no type arguments, and so may hide modules; write them, or leave it out with %s"),
    STRAY_STATE(
            "no state dict of %s would hold %s (%s), whose class is no module; annotate that with @StateModule, or accept"
                    + " the loss with @SuppressWarnings(\"statedict\") on %1$s"),
    BOUND_STATE(
            "no state dict of %s would hold %s, which is of type %s there, and is asked for modules alone; keep tensors in an"
                    + " annotated field, or accept the loss with @SuppressWarnings(\"statedict\") on %1$s"),
    UNASKED_FIELD(
            "%s (%s) is private and has no accessor, so that a module in it would be lost; add a method \"%s()\" or"
                    + " \"%s()\", drop private, or leave it out with %s"),
    HIDDEN_MODULE(
            "a module in %s (%s) would be lost, for nothing but containers is asked what it holds; keep it in a field, a List,"
                    + " an array, an Optional or a Map with String keys, or leave it out with %s"),
    PARAMETER_TYPE(
            "%s (%s) is no parameter, which is a Tensor, an AsTensor, or an array of float, double, int, long or boolean of any"
                    + " depth, or an Optional, a List, an array or a Map<String, ...> of these, or one such number; %s"),
    BUFFER_TYPE(
            "%s (%s) is no buffer, which is a Tensor, an AsTensor, or an array of float, double, int, long or boolean of any"
                    + " depth, or an Optional, a List, an array or a Map<String, ...> of these, or one such number; %s"),
    LIST_TYPE("%s (%s) is no array of arrays, whose outer dimension list = true reads as a list; drop list = true"),
    SUBMODULE_TYPE(
            "%s (%s) is no submodule, which is a @StateModule class or another Stateful, or a List, an array, an Optional"
                    + " or a Map<String, ...> of them; %s"),
    EXTRA_STATE_TYPE("%s (%s) is no extra state, which is a String or a Map<String, String>; %s"),
    TIED_TO_TYPE("%s (%s) cannot be tied; @TiedTo is for a parameter or buffer that is a Tensor, an array of numbers"
            + " or an Optional<Tensor>, and for a submodule"),
    TIED_TO_ITSELF("%s is declared to be tied to itself; write the key of another tensor"),
    UNKNOWN_TIE(
            "%s is declared to be tied to \"%s\", and %s has no such tensor; write the other tensor's key as seen from"
                    + " %3$s, for example \"embed.weight\""),
    CONFLICTING_ANNOTATIONS("%s is declared to be %s; keep one of them"),
    STATIC_FIELD("%s is static, and a module's state is its own; drop static, or the annotation %s"),
    METHOD_MEMBER(
            "%s %s, and %s is for a method that generated code can call on each module without arguments; %s, or drop the"
                    + " annotation"),
    PRIVATE_FIELD(
            "%s is private, and the generated %s cannot read it; drop private, or add a method \"%s()\" or \"%s()\""),
    PRIVATE_ACCESSOR(
            "%s is private, and so is the method %s(), through which the generated %s could read it; drop private from one of"
                    + " them"),
    OVERRIDDEN_ACCESSOR(
            "%s overrides the accessor through which the private %s is read, so that a state dict would hold what this"
                    + " method returns; give it another name, drop private from %2$s, or write"
                    + " @SuppressWarnings(\"statedict\") on it where it returns the very same"),
    UNASSIGNABLE_UNDER_ALIAS(
            "%s %s, and loading under Policy.ALIAS, which is the policy of %s, assigns it; %s, or load under Policy.COPY"),
    INHERITED_UNASSIGNABLE(
            "%s loads under Policy.ALIAS, which cannot assign what it inherits: %s; drop final or add a setter there, or"
                    + " load under Policy.COPY"),
    UNASSIGNABLE("%s %s, and loading assigns %s; %s"),
    SETTER_THROWS("%s throws %s, which loading cannot handle; let it throw unchecked exceptions alone"),
    EMPTY_KEY("the key of %s is empty; write a name, or leave it out for the field's own"),
    DOTTED_KEY(
            "the key \"%s\" of %s has a dot, which stands between a submodule and its members; write a name without one"),
    RESERVED_KEY("the key \"%s\" of %s is reserved; choose another name"),
    UNENCODABLE_KEY("%s has a lone surrogate, half a character, which UTF-8 and so no file can hold; write another"),
    SECOND_EXTRA_STATE("%s is extra state beside %s, and a module has one; put both into one Map<String, String>"),
    DUPLICATE_KEY("the key \"%s\" of %s is taken by %s%sgive one of them another name"),
    VERSION_BELOW_ONE("the version %s is %d; versions begin with 1"),
    MIGRATION_WITHOUT_VERSION(
            "nothing calls the method migrate of %s, for there is no version before 1; write @StateModule(version = 2), or"
                    + " give the method another name"),
    MIGRATION_SIGNATURE(
            "the method migrate of %s %s, and so cannot bring state to version %d; write \"static Map<String, Tensor>"
                    + " migrate(StateDict state, int version)\""),
    FORMER_KEY_NAME(
            "the former key \"%s\" of %s is no name of one member; write the name that stood between the dots, and for what"
                    + " moved between modules a migrate method"),
    FORMER_KEY_LIVE(
            "the former key \"%s\" of %s is the key of %s now, and a dict that has it cannot tell which is meant; drop it,"
                    + " or tell the versions apart in a migrate method"),
    FORMER_KEY_TAKEN("the former key \"%s\" of %s is also claimed by %s; leave it to the one that has its values"),
    FORMER_KEY_TWICE("the former key \"%s\" of %s is written twice; drop one"),
    RETIRED_KEY_LIVE(
            "@Retired(\"%s\") of %s would drop \"%s\", which %s has; write a pattern that spares it, or drop this one"),
    RETIRED_EMPTY("@Retired(\"\") of %s names no key, for no key is empty; write a key or a pattern, or drop it"),
    SHAPE_SIZE(
            "\"%s\" in the shape of %s is neither a size nor a symbol; write a number, or a name that stands for one size"
                    + " throughout the module"),
    SHAPE_TYPE("%s (%s) cannot have the shape [%s]; %s"),
    ADDED_IN_VERSION(
            "%s was added in version %d, and the version of %s is %d; raise that with @StateModule(version = %2$d), or write"
                    + " an addedIn between 1 and %4$d"),
    INHERITED_VERSION(
            "%s inherits %s, added in version %d, and its own version is %d, for versions are not inherited; write"
                    + " @StateModule(version = %3$d), or more, on %1$s"),
    HISTORY_WITHOUT_KEY(
            "%s is not persistent, so that no dict has it; drop %s from its annotation, or persistent = false"),
    RETIRED_OUTSIDE("@Retired stands on %s, which is no module; annotate it with @StateModule, or drop it"),
    NOT_A_MODULE(
            "%s is annotated with %s, but its class is no module, so nothing is generated for it; annotate the class with"
                    + " @StateModule"),
    NO_ENTRY(
            "no state dict of %s has an entry, though it has %s; annotate what it learns with @Parameter or @Buffer, the class"
                    + " of what holds that with @StateModule, or write @SuppressWarnings(\"statedict\") on %1$s"),
    NOT_A_CLASS("%s is an %s, and a module is a class or a record; annotate the classes that implement it"),
    MODULE_AS_TENSOR(
            "%s is a module and an AsTensor, so that a state dict could hold it as either; drop @StateModule, or AsTensor"),
    PRIVATE_CLASS("%s is private, or a class around it is, and the generated %s cannot name it; drop private"),
    IMPLICIT_CLASS(
            "%s stands in a compact source file, and the generated %s, a file of its own, cannot name it; move it to a file of"
                    + " its own"),
    DECLARES_CONTRACT("%s declares %s, which the generated %s implements; give the method another name"),
    INHERITS_CONTRACT(
            "%s inherits %s from %s, which would win over the method of the generated %s; rename it there, or hold a %3$s in"
                    + " a field instead of extending it"),
    DEFAULT_CONTRACT(
            "%s has %s from the interface %s, which would take the place of what the generated %s inherits; give the method"
                    + " another name there"),
    NAME_COLLISION("the interfaces of %s and %s would both be called %s; rename one of the classes"),
    INTERFACE_EXISTS(
            "%s, the interface to be generated for %s, exists already and was not generated; rename one of them"),
    UNPROCESSED_SUPERCLASS(
            "the superclass %s is a module, but its interface %s does not exist; compile %1$s with the statedict"
                    + " processor"),
    MISSING_INTERFACE("%s must declare \"implements %s\", which is generated for it"),
    STALE_INTERFACE(
            "%s implements %s, which an earlier compilation generated for it, and bears no @StateModule any more; annotate it,"
                    + " or drop the interface and its files"),
    FOREIGN_INTERFACE("%s implements %s, which is generated for another class; implement %s instead"),
    LOCKED_KEY("the key \"%s\" (%s) of %s is gone, and dicts that have it would not load; %s, or " + Ways.ACCEPT),
    LOCKED_NAME("%s has the key \"%s\", and no field has \"%s\" any more, which dicts of the locked %s have; write"
            + " %s(formerly = \"%3$s\") on it if it was renamed, @Retired(\"%s\") on %4$s if that is gone, or "
            + Ways.ACCEPT),
    LOCKED_MERGE("%s takes both \"%s\" and \"%s\", and dicts of the locked class have both; leave it one of them, or "
            + Ways.ACCEPT),
    LOCKED_ADDITION(
            "%s is new, and dicts of version %d of %s lack its key \"%s\"; write addedIn = %d on it and version = %5$d on"
                    + " the class, so that the module keeps its own value, or " + Ways.ACCEPT),
    LOCKED_ROLE("%s is a %s, and was a %s in the locked class; change it back, or " + Ways.ACCEPT),
    LOCKED_TYPE("%s is of type %s, and was of type %s in the locked class, whose dicts do not fit; change it back, or "
            + Ways.MIGRATE),
    LOCKED_SHAPE(
            "%s has the shape [%s]%s, and had [%s] in the locked class, whose dicts need not fit; change it back, or "
                    + Ways.MIGRATE),
    LOCKED_TIE("%s was tied to \"%s\" in the locked class, and dicts that have only that key would not load; write"
            + " @TiedTo(\"%s\") on it, or " + Ways.MIGRATE),
    LOCKED_PERSISTENCE(
            "%s is not persistent any more, and dicts that have \"%s\" would not load; write @Retired(\"%2$s\") on %s, or "
                    + Ways.ACCEPT),
    LOCKED_ABSENCE(
            "%s cannot be absent any more, and dicts without \"%s\" would not load; declare it @Nullable or Optional,"
                    + " write addedIn = %d on it and version = %3$d on the class, so that the module keeps its own value, or "
                    + Ways.ACCEPT),
    LOCKED_ADDED_IN(
            "%s was added in version %d, and in version %d of the locked class, so that dicts in between need not have it;"
                    + " write addedIn = %3$d, or " + Ways.ACCEPT),
    LOCKED_FORMER_KEY(
            "%s was called \"%s\" once, and dicts that call it so would %s; write formerly = \"%2$s\" on it%s, or "
                    + Ways.ACCEPT),
    LOCKED_RETIRED("@Retired(\"%s\") of %s is gone, and dicts that have such keys would %s; write it again%s, or "
            + Ways.ACCEPT),
    LOCKED_VERSION(
            "the version of %s is %d, and was %d in the locked class, whose dicts would be refused as those of a newer"
                    + " class; write version = %3$d, or more, or " + Ways.ACCEPT),
    LOCKED_MIGRATION(
            "the method migrate of %s is gone, and dicts of versions before %d, which it brought over, would not load as they"
                    + " did; write it again, or " + Ways.ACCEPT),
    LOCKED_SUPERCLASS(
            "the superclass of %s is %s, and was %s in the locked class, so that its dicts have other keys; change it back,"
                    + " or "
                    + Ways.MIGRATE),
    NO_LOCK("%s has no lock in %s; write it with -Astatedict.schema.update=true, in a clean build"),
    NO_LOCK_DIRECTORY("the directory of the lock, %s, does not exist; write another path, or make it with"
            + " -Astatedict.schema.update=true, in a clean build"),
    UNREADABLE_LOCK(
            "%s, the lock of %s, is no schema: %s; restore it, or write it anew with -Astatedict.schema.update=true"),
    UPDATE_WITHOUT_LOCK(
            "there is no lock to update; write -Astatedict.schema= and the directory that has it, or is to have it"),
    UNKNOWN_OPTION("there is no compiler option %s; the options are %s"),
    OPTION_VALUE("the compiler option %s is \"%s\"; it can be %s"),
    JAVA_VERSION("statedict needs Java 17, and this compilation is of Java %d; write --release 17, or more"),
    CANNOT_WRITE("%s could not be written: %s"),
    PROCESSOR_FAULT(
            "the processor failed on %s by a fault of its own, %s; please report this line, with the source of the class");

    /** The ways out of a change that the lock does not allow. */
    private static final class Ways {
        private static final String ACCEPT = "accept the change with -Astatedict.schema.update=true";
        private static final String MIGRATE =
                "let the migrate method of a new version bring old dicts over and " + ACCEPT;
    }

    private final String identifier;
    private final String words;

    Diagnostic(String words) {
        this.identifier = Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        this.words = words;
    }

    /** What to search for: of {@code LOST_STATE} it is {@code LostState}. */
    public String identifier() {
        return identifier;
    }

    /** A problem with a class. */
    public Problem at(Place place, @Nullable Object... arguments) {
        return new Problem(this, message(arguments), place, null, false);
    }

    /** A problem with a member, which is then left out of generated code. */
    public Problem of(Member member, Place place, @Nullable Object... arguments) {
        return new Problem(this, message(arguments), place, member, false);
    }

    /** A warning of a class. */
    public Problem warningAt(Place place, @Nullable Object... arguments) {
        return new Problem(this, message(arguments), place, null, true);
    }

    /** A warning of a member. */
    public Problem warningOf(Member member, Place place, @Nullable Object... arguments) {
        return new Problem(this, message(arguments), place, member, true);
    }

    /** A problem with the compilation as a whole. */
    public Problem anywhere(@Nullable Object... arguments) {
        return new Problem(this, message(arguments), null, null, false);
    }

    private String message(@Nullable Object... arguments) {
        return "[statedict:" + identifier + "] " + String.format(Locale.ROOT, words, arguments);
    }
}
