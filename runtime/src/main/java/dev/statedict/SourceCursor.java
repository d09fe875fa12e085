package dev.statedict;

/**
 * Finds the entries of a source for one place of a module after another. Mostly the next entry is the one; whether it is
 * shows without joining a key. Where it is not, the key is looked up, and reading goes on from there.
 */
final class SourceCursor {
    private final SourceEntries source;
    private int next;
    private final SamePath samePath = new SamePath();

    SourceCursor(SourceEntries source) {
        this.source = source;
    }

    /** Where the entry for the place stands in the source, or -1. */
    int find(LoadTarget target) {
        if (next < source.entries().size() && isFor(source.entries().get(next), target)) {
            return next++;
        }
        int position = source.position(target.key());
        if (position >= 0) {
            next = position + 1;
        }
        return position;
    }

    private boolean isFor(SourceEntry entry, LoadTarget target) {
        if (!(entry instanceof StateEntry state)) {
            return target.module().isKey(entry.key(), target.name());
        }
        if (state.module().isRoot()) {
            return target.module().isKey(state.name(), target.name());
        }
        return state.name().equals(target.name()) && samePath.test(state.module(), target.module());
    }
}
