package dev.statedict.load;

/**
 * Finds the entries of a source for one place of a module after another. Mostly the next entry is the one; whether it is
 * shows without joining a key. Where it is not, the key is looked up, and reading goes on from there.
 */
public final class SourceCursor {
    private final Sources source;
    private int next;

    SourceCursor(Sources source) {
        this.source = source;
    }

    /** Where the entry for the place stands in the source, or -1. */
    int find(Target target) {
        if (next < source.entries().size()
                && target.module().isKey(source.entries().get(next).key(), target.name())) {
            return next++;
        }
        int position = source.position(target.key());
        if (position >= 0) {
            next = position + 1;
        }
        return position;
    }
}
