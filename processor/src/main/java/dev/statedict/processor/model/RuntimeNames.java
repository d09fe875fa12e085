package dev.statedict.processor.model;

/**
 * What the runtime calls the types that users write and that generated code names. Texts, not class literals: the runtime
 * stands on the class path of what is compiled, and not on the processor's. What the processor does share with the runtime
 * is packed into its jar under other names, and packing renames class literals and texts alike; no name here lies in one of
 * the packages that it renames.
 */
public final class RuntimeNames {
    public static final String STATE_MODULE = "dev.statedict.StateModule";
    public static final String PARAMETER = "dev.statedict.Parameter";
    public static final String BUFFER = "dev.statedict.Buffer";
    public static final String SUBMODULE = "dev.statedict.Submodule";
    public static final String EXTRA_STATE = "dev.statedict.ExtraState";
    public static final String TRANSIENT = "dev.statedict.Transient";
    public static final String TIED_TO = "dev.statedict.TiedTo";
    public static final String RETIRED = "dev.statedict.Retired";
    public static final String GENERATED = "dev.statedict.Generated";

    public static final String TENSOR = "dev.statedict.tensor.Tensor";
    public static final String AS_TENSOR = "dev.statedict.tensor.AsTensor";
    public static final String STATEFUL = "dev.statedict.Stateful";
    public static final String STATE_DICT = "dev.statedict.StateDict";
    public static final String POLICY = "dev.statedict.Policy";
    public static final String LOAD_OPTIONS = "dev.statedict.LoadOptions";
    public static final String LOAD_REPORT = "dev.statedict.LoadReport";
    public static final String STATE_VISITOR = "dev.statedict.StateVisitor";
    public static final String STATE_ASSIGNER = "dev.statedict.StateAssigner";

    /** All annotations of the runtime's, as a processor names those that it supports. */
    public static final String ALL_ANNOTATIONS = "dev.statedict.*";

    /** The last name in the key of a module's extra state, as PyTorch has it. */
    public static final String EXTRA_STATE_KEY = "_extra_state";

    private RuntimeNames() {}
}
