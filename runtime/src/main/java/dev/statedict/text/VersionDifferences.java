package dev.statedict.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** In which modules' versions two dicts differ, in words: values of one version must not stand under the number of another. */
public final class VersionDifferences {
    /** What to do about them, to follow the whole list. */
    private static final String MEND =
            "; load the dict of the earlier version into a module, which migrates it, and take that module's stateDict()";

    private VersionDifferences() {}

    /**
     * A sentence part for each module whose class had another version.
     *
     * @param one the versions by module path: empty where nothing is known of them, and then nothing differs; else one that
     *     is not named is 1
     */
    public static List<String> between(Map<String, Integer> one, Map<String, Integer> other) {
        List<String> differences = new ArrayList<>();
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return differences;
        }
        TreeSet<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        for (String path : paths) {
            int first = one.getOrDefault(path, 1);
            int second = other.getOrDefault(path, 1);
            if (first != second) {
                String module = path.isEmpty() ? "the root module" : "the module \"" + path + '"';
                differences.add(module + " has version " + first + " in the first and " + second + " in the second");
            }
        }
        return differences;
    }

    /** The mend, where there are such differences. */
    public static String mend(List<String> differences) {
        return differences.isEmpty() ? "" : MEND;
    }
}
