package dev.statedict;

import java.util.List;

/**
 * What a load did, or would have done.
 *
 * @param applied the keys whose values the module now has, in module order
 * @param missing the keys of the module that the dict lacks, in module order
 * @param unexpected the keys of the dict that the module lacks, in PyTorch's order
 */
public record LoadReport(List<String> applied, List<String> missing, List<String> unexpected) {
    /**
     * Copies the lists.
     *
     * @param applied the keys whose values the module now has, in module order
     * @param missing the keys of the module that the dict lacks, in module order
     * @param unexpected the keys of the dict that the module lacks, in PyTorch's order
     */
    public LoadReport {
        applied = List.copyOf(applied);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
    }
}
