package dev.statedict.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the state dict of a module class is, as far as the class itself says.
 *
 * @param module the class's binary name
 * @param version its version
 * @param migrates whether a {@code migrate} method brings state of earlier versions to this one
 * @param superclass the binary name of the nearest superclass that is a module, whose members come first
 * @param members its own members, in source order
 * @param retired globs of keys that it had in the past and has no more
 */
public record ClassSchema(
        String module,
        int version,
        boolean migrates,
        @Nullable String superclass,
        List<MemberSchema> members,
        List<String> retired) {
    /** Copies the lists. */
    public ClassSchema {
        members = List.copyOf(members);
        retired = List.copyOf(retired);
    }

    /**
     * Where a class's schema lies, in its class output and at run time. It is outside of any package, so that no module
     * need open one.
     *
     * @param binaryName the class's binary name
     * @return a path without a leading slash
     */
    public static String resourceName(String binaryName) {
        return "META-INF/statedict/" + binaryName + ".json";
    }
}
