package dev.statedict.io.read;

import dev.statedict.io.transfer.ParallelWork;
import dev.statedict.io.transfer.Progress;
import dev.statedict.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads tensors of files into fresh arrays, through one buffer for each thread that helps, whatever their size. Not for
 * several threads at a time.
 */
public final class TensorReader {
    private final Progress progress;
    /** Kept for one tensor after the other. */
    private final SectionReader own;

    /**
     * A reader.
     *
     * @param progress is told of each piece that was read
     */
    public TensorReader(Progress progress) {
        this.progress = progress;
        this.own = new SectionReader(progress, SectionReader.SMALL_BUFFER);
    }

    /**
     * Reads tensors. Those on one storage share one array, of the span that they cover together.
     *
     * @param tensors by key
     * @return fresh tensors in the same order
     * @throws IOException when a file cannot be read, is broken, or holds what no type of Java's does
     */
    public Map<String, Tensor> read(Map<String, FileTensor> tensors) throws IOException {
        Map<FileStorage, FileSpan> spans = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> spans.computeIfAbsent(tensor.storage(), storage -> new FileSpan(key, storage))
                .cover(tensor));
        if (spans.keySet().stream().anyMatch(storage -> storage.file().isStream())) {
            StreamReader.read(List.copyOf(spans.values()), tensors, progress);
        } else {
            read(spans.values(), tensors);
        }
        Map<String, Tensor> read = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            FileSpan span = spans.computeIfAbsent(tensor.storage(), storage -> new FileSpan(key, storage));
            read.put(key, span.view(tensor));
        });
        return read;
    }

    private void read(Collection<FileSpan> spans, Map<String, FileTensor> tensors) throws IOException {
        List<FileSpan.Section> sections = new ArrayList<>();
        long bytes = 0;
        for (FileSpan span : spans) {
            sections.addAll(span.split());
            bytes += span.byteCount();
        }
        List<SectionRun> runs = SectionRun.of(sections);
        progress.begin(bytes);
        int threads = ParallelWork.threads(bytes);
        List<ParallelWork.Worker> workers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SectionReader reader = threads == 1 ? own : new SectionReader(progress, SectionReader.LARGE_BUFFER);
            workers.add(run -> runs.get(run).read(reader, tensors));
        }
        ParallelWork.run(runs.size(), workers);
        for (FileSpan span : spans) {
            span.verify();
        }
        progress.end();
    }
}
