package dev.statedict.schema;

import dev.statedict.Role;

/** The groups in which a module's own entries come, in order. */
public enum SchemaGroup {
    PARAMETERS,
    BUFFERS,
    EXTRA_STATE;

    public boolean holds(SchemaNode.Leaf leaf) {
        return this == (leaf.role() == null ? EXTRA_STATE : leaf.role() == Role.PARAMETER ? PARAMETERS : BUFFERS);
    }
}
