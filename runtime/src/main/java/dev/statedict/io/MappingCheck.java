package dev.statedict.io;

import dev.statedict.SchemaReport;
import dev.statedict.StateDictSchema;
import dev.statedict.StoredType;
import dev.statedict.io.element.StoredElements;
import dev.statedict.io.mapping.MappingRun;
import dev.statedict.io.mapping.Rule;
import dev.statedict.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether what rules make of a file would load, by keys, shapes and types; no tensor is read. */
final class MappingCheck {
    private MappingCheck() {}

    /** What speaks against it; what does not fit in the rules is among the clashes. */
    static SchemaReport check(List<Rule> rules, Checkpoint checkpoint, StateDictSchema schema) {
        List<String> clashes = new ArrayList<>();
        MappingRun.Described mapped = MappingRun.of(described(checkpoint), rules, clashes);
        List<SchemaCheck.Stored> stored = new ArrayList<>();
        mapped.extraState().forEach(module -> stored.add(SchemaCheck.Stored.extraState(module)));
        for (MappingRun.DescribedEntry entry : mapped.entries()) {
            List<Integer> shape = Arrays.stream(entry.shape()).boxed().toList();
            stored.add(new SchemaCheck.Stored(entry.key(), shape, entry.storedType()));
        }
        SchemaReport report = SchemaCheck.check(schema, stored, mapped.versions());
        clashes.addAll(report.clashes());
        return new SchemaReport(
                report.missing(),
                report.unexpected(),
                report.shapes(),
                clashes,
                report.types(),
                report.migrations(),
                report.renamed(),
                report.retired());
    }

    private static MappingRun.Described described(Checkpoint checkpoint) {
        List<MappingRun.DescribedEntry> entries = new ArrayList<>();
        for (String key : checkpoint.keys()) {
            StoredType type = checkpoint.storedType(key);
            entries.add(new MappingRun.DescribedEntry(
                    key, checkpoint.shape(key), StoredElements.of(type).inMemory(), type));
        }
        return new MappingRun.Described(entries, checkpoint.extraState().keySet(), checkpoint.versions());
    }
}
