package dev.statedict.processor.model;

/** The kinds of types that an annotation for classes can be written on. */
public enum ModuleKind {
    CLASS("class"),
    RECORD("record"),
    ENUM("enum"),
    INTERFACE("interface");

    private final String text;

    ModuleKind(String text) {
        this.text = text;
    }

    /** Whether a module can be one. */
    public boolean canBeModule() {
        return this == CLASS || this == RECORD;
    }

    @Override
    public String toString() {
        return text;
    }
}
