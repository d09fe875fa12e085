package dev.statedict.processor.model;

import java.util.List;
import java.util.Map;

/**
 * What a module class says of its past.
 *
 * @param version the version of its state; that of its superclass where it adds nothing to it
 * @param versionPlace where it is written, or the class
 * @param retired the keys that it has no more
 * @param keysBelow keys below its submodules, as far as their classes tell; read where anything is retired
 * @param tiedKeys the former keys of what its ties, and those of its superclasses, speak of, with the current ones
 * @param migrations its methods called {@code migrate}
 */
public record ModuleHistory(
        int version,
        Place versionPlace,
        List<RetiredKeys> retired,
        List<String> keysBelow,
        Map<String, String> tiedKeys,
        List<MigrationMethod> migrations) {
    public ModuleHistory {
        retired = List.copyOf(retired);
        keysBelow = List.copyOf(keysBelow);
        tiedKeys = Map.copyOf(tiedKeys);
        migrations = List.copyOf(migrations);
    }

    /** Whether state of earlier versions is brought to this one by code. */
    public boolean migrates() {
        return version > 1 && migrations.stream().anyMatch(MigrationMethod::isCallable);
    }
}
