package dev.statedict;

/** The groups in which a module's own entries come, in order. */
enum SchemaGroup {
    PARAMETERS,
    BUFFERS,
    EXTRA_STATE;

    boolean holds(SchemaNode.Leaf leaf) {
        return this == (leaf.role() == null ? EXTRA_STATE : leaf.role() == Role.PARAMETER ? PARAMETERS : BUFFERS);
    }
}
