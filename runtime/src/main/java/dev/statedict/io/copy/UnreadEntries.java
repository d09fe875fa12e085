package dev.statedict.io.copy;

import dev.statedict.StateDict;
import dev.statedict.StateDictBuilder;
import dev.statedict.StateMapping;
import dev.statedict.StoredType;
import dev.statedict.io.mapping.MappingRun;
import dev.statedict.io.mapping.Rule;
import dev.statedict.io.read.FileStorage;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.StoredDict;
import dev.statedict.io.write.StoredEntry;
import dev.statedict.tensor.ElementType;
import dev.statedict.tensor.Tensor;
import dev.statedict.tensor.access.TensorAccess;
import dev.statedict.tree.ExtraStateValue;
import dev.statedict.tree.PossibleTies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A dict of which no tensor is read. In its place stands one of the same shape and type, on an array of one element that
 * says where the real one comes from: so dicts of keys are made as all dicts are, and what stands for tied tensors is one
 * tensor.
 */
public final class UnreadEntries {
    private static final TensorAccess<Tensor> TENSORS = TensorAccess.to(Tensor.scalar(0));

    private final StateDict standIns;
    private final Map<Object, Source> sources;

    private UnreadEntries(StateDict standIns, Map<Object, Source> sources) {
        this.standIns = standIns;
        this.sources = sources;
    }

    /** What makes two tensors of files the same. */
    private record Place(FileStorage storage, long offset, List<Integer> shape, List<Integer> strides) {
        static Place of(FileTensor tensor) {
            return new Place(tensor.storage(), tensor.offset(), list(tensor.shape()), list(tensor.strides()));
        }

        private static List<Integer> list(int... numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
    }

    /**
     * What a file holds.
     *
     * @param origin the file
     * @param tensors by key
     * @param builder has all else: extra state and versions
     * @param possibleTies as {@link PossibleTies} has them
     * @return its entries
     */
    public static UnreadEntries of(
            Origin origin, Map<String, FileTensor> tensors, StateDictBuilder builder, Set<String> possibleTies) {
        Map<Object, Source> sources = new IdentityHashMap<>();
        Map<Place, Tensor> standIns = new HashMap<>();
        tensors.forEach((key, tensor) -> {
            ElementType type = tensor.storage().elements().inMemory();
            Tensor standIn = standIns.computeIfAbsent(Place.of(tensor), place -> standIn(type, tensor.shape()));
            sources.putIfAbsent(TENSORS.array(standIn, 0), new Source.Stored(origin, key, tensor));
            builder.put(key, standIn, origin.role(key), origin.rememberedType(key));
        });
        PossibleTies.mark(builder, possibleTies);
        return new UnreadEntries(builder.build(), sources);
    }

    private static Tensor standIn(ElementType type, int... shape) {
        return TENSORS.strided(TENSORS.array(Tensor.zeros(type, 1), 0), 0, shape, new int[shape.length]);
    }

    /** {@return the dict of what stands for its tensors: keys, shapes, types and all else are those of the dict} */
    public StateDict standIns() {
        return standIns;
    }

    /**
     * The same entries, or some of them, under other keys.
     *
     * @param keys makes a dict of tensors of the one that it is given
     * @return the entries that stand for them
     */
    public UnreadEntries with(UnaryOperator<StateDict> keys) {
        return new UnreadEntries(keys.apply(standIns), sources);
    }

    /**
     * The same entries in groups, in one pass.
     *
     * @param group tells the group of a key, of extra state's key, and of the path of a module that has a version
     * @return the groups in the order of their first keys; a version whose group has no key is in all of them
     */
    public Map<String, UnreadEntries> groupBy(UnaryOperator<String> group) {
        Map<String, StateDictBuilder> builders = new LinkedHashMap<>();
        Map<String, Set<String>> possibleTies = new HashMap<>();
        standIns.forEach((key, standIn) -> builders.computeIfAbsent(group.apply(key), name -> StateDict.builder())
                .put(key, standIn, standIns.role(key), standIns.storedType(key)));
        standIns.extraState()
                .forEach((path, value) -> new ExtraStateValue(value)
                        .addTo(
                                builders.computeIfAbsent(
                                        group.apply(ExtraStateValue.key(path)), name -> StateDict.builder()),
                                path));
        standIns.versions().forEach((path, version) -> {
            StateDictBuilder own = builders.get(group.apply(path));
            (own == null ? builders.values() : List.of(own)).forEach(builder -> builder.version(path, version));
        });
        PossibleTies.of(standIns)
                .forEach(key -> possibleTies
                        .computeIfAbsent(group.apply(key), name -> new HashSet<>())
                        .add(key));
        Map<String, UnreadEntries> groups = new LinkedHashMap<>();
        builders.forEach((name, builder) -> {
            PossibleTies.mark(builder, possibleTies.getOrDefault(name, Set.of()));
            groups.put(name, new UnreadEntries(builder.build(), sources));
        });
        return groups;
    }

    /**
     * These entries and others.
     *
     * @param other has other keys
     * @return all of them
     * @throws IllegalArgumentException when both have a key
     */
    public UnreadEntries union(UnreadEntries other) {
        Map<Object, Source> all = new IdentityHashMap<>(sources);
        all.putAll(other.sources);
        return new UnreadEntries(standIns.union(other.standIns), all);
    }

    /**
     * What rules make of them; nothing is read.
     *
     * @param rules in order
     * @param problems is told what does not fit
     * @return the entries that come out, as far as they come
     */
    public UnreadEntries mapped(List<Rule> rules, List<String> problems) {
        Map<Object, Source> all = new IdentityHashMap<>(sources);
        StateMapping.Result result = MappingRun.of(standIns, rules, new MappingRun.Unread() {
            @Override
            public Supplier<Tensor> reading(Tensor standIn) {
                return () -> UnreadEntries.this.made(standIn);
            }

            @Override
            public Tensor standIn(ElementType type, int[] shape, Supplier<Tensor> making) {
                Tensor standIn = UnreadEntries.standIn(type, shape);
                all.put(TENSORS.array(standIn, 0), new Source.Made(making));
                return standIn;
            }
        });
        problems.addAll(result.problems());
        return new UnreadEntries(result.state(), all);
    }

    Source source(Tensor standIn) {
        return Objects.requireNonNull(sources.get(TENSORS.array(standIn, 0)));
    }

    /** The tensor that one stands for. */
    Tensor made(Tensor standIn) {
        Source source = source(standIn);
        if (source instanceof Source.Made made) {
            return made.making().get();
        }
        try {
            Source.Stored stored = (Source.Stored) source;
            return EntryValues.read(stored);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Lays them out to be written.
     *
     * @param requested the type of all floating-point entries; null for the one that each is stored as
     * @param form gives each entry the form in which the format has it
     * @param metadata texts by name, without the reserved one
     * @param digested whether to add a digest of each entry, for which all are read once more
     * @return what is to be written, each entry read when it is
     * @throws IOException when a file cannot be read, or a tensor is not what its digest says
     */
    public StoredDict stored(
            @Nullable StoredType requested,
            UnaryOperator<StoredEntry> form,
            Map<String, String> metadata,
            boolean digested)
            throws IOException {
        List<StoredEntry> entries = EntryValues.stored(this, (key, elements) -> {
            StoredDict.requireKey(key);
            StoredType type = standIns.storedType(key);
            StoredType fitting = elements instanceof StreamedValues stream ? stream.fitting(type) : type;
            return form.apply(new StoredEntry(key, elements, fitting).as(requested));
        });
        return StoredDict.of(standIns, entries, metadata, digested);
    }

    /**
     * Lays them out to be written as they would be in memory; {@link UnreadArrays} tells on which arrays.
     *
     * @param metadata texts by name, without the reserved one
     * @param digested whether to add a digest of each entry, for which all are read once more
     * @return what is to be written
     * @throws IOException when a file cannot be read, or a tensor is not what its digest says
     */
    public StoredDict storedAsInMemory(Map<String, String> metadata, boolean digested) throws IOException {
        List<StoredEntry> entries = EntryValues.stored(
                this,
                (key, elements) -> new StoredEntry(
                        key,
                        elements,
                        StoredType.of(Objects.requireNonNull(standIns.get(key)).elementType())));
        return StoredDict.of(standIns, entries, metadata, digested);
    }

    /**
     * Reads all of them.
     *
     * @return a dict of fresh tensors, which share what those of their files do
     * @throws IOException when they cannot be read
     */
    public StateDict read() throws IOException {
        Map<Origin, Map<String, FileTensor>> wanted = new LinkedHashMap<>();
        for (Tensor standIn : standIns.values()) {
            if (source(standIn) instanceof Source.Stored stored) {
                wanted.computeIfAbsent(stored.origin(), origin -> new LinkedHashMap<>())
                        .put(stored.key(), stored.tensor());
            }
        }
        Map<Origin, Map<String, Tensor>> read = new HashMap<>();
        for (Map.Entry<Origin, Map<String, FileTensor>> origin : wanted.entrySet()) {
            read.put(origin.getKey(), origin.getKey().read(origin.getValue()));
        }
        Map<Object, Tensor> made = new IdentityHashMap<>();
        StateDictBuilder builder = standIns.toBuilder();
        try {
            standIns.forEach((key, standIn) -> builder.replace(
                    key,
                    source(standIn) instanceof Source.Stored stored
                            ? Objects.requireNonNull(Objects.requireNonNull(read.get(stored.origin()))
                                    .get(stored.key()))
                            : made.computeIfAbsent(TENSORS.array(standIn, 0), array -> made(standIn))));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return builder.build();
    }
}
