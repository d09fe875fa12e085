package dev.statedict.io.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sections that lie one behind the other in a file, for one thread to read. A server is asked for a run at a time: a thousand
 * tensors of a megabyte take 128 requests instead of a thousand.
 */
final class SectionRun {
    private static final long MOST_BYTES = 1 << 23;

    /** What may lie between two sections: a header of an archive's record, and its padding. */
    private static final long MOST_BETWEEN = 1 << 12;

    private final List<FileSpan.Section> sections = new ArrayList<>();
    private final FileBytes file;
    private final long start;
    private long end;

    private SectionRun(FileSpan.Section first) {
        file = first.file();
        start = first.position();
        end = start;
        add(first);
    }

    private void add(FileSpan.Section section) {
        sections.add(section);
        end = section.position() + section.byteCount();
    }

    /**
     * Puts sections together, in the order given.
     *
     * @param sections each of a few megabytes at most
     * @return all of them
     */
    static List<SectionRun> of(List<FileSpan.Section> sections) {
        List<SectionRun> runs = new ArrayList<>();
        SectionRun last = null;
        for (FileSpan.Section section : sections) {
            if (last != null && last.isFollowedBy(section)) {
                last.add(section);
            } else {
                last = new SectionRun(section);
                runs.add(last);
            }
        }
        return runs;
    }

    private boolean isFollowedBy(FileSpan.Section section) {
        long between = section.position() - end;
        return section.file() == file
                && between >= 0
                && between <= MOST_BETWEEN
                && section.position() + section.byteCount() - start <= MOST_BYTES;
    }

    /** Reads all of them into the arrays of their spans. */
    void read(SectionReader reader, Map<String, FileTensor> tensors) throws IOException {
        file.willRead(start, end - start);
        for (FileSpan.Section section : sections) {
            reader.read(section, tensors);
        }
    }
}
