package dev.statedict.tree;

import dev.statedict.StateMigration;
import dev.statedict.text.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module's class says of its past. Names are those of members, as the module knows them. */
public final class ModuleHistory {
    private int version = 1;
    private @Nullable StateMigration migration;
    private final Map<String, String> currentNames = new HashMap<>();
    private final Map<String, Integer> additions = new HashMap<>();
    private final List<Glob> retired = new ArrayList<>();

    public void version(int current, @Nullable StateMigration toCurrent) {
        version = current;
        migration = toCurrent;
    }

    public void formerly(String name, String oldName) {
        currentNames.put(oldName, name);
    }

    public void addedIn(String name, int added) {
        additions.put(name, added);
    }

    public void retired(String pattern) {
        retired.add(new Glob(pattern));
    }

    public int version() {
        return version;
    }

    @Nullable
    public StateMigration migration() {
        return migration;
    }

    /** What a member that had this name is called now; the name itself where none had it. */
    public String current(String name) {
        return currentNames.getOrDefault(name, name);
    }

    /** Whether the member was not there yet in that version. */
    public boolean isYoungerThan(String name, int other) {
        return other < additions.getOrDefault(name, 1);
    }

    public boolean isRetired(String key) {
        return Glob.anyMatches(retired, key);
    }
}
