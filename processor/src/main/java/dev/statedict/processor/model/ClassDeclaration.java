package dev.statedict.processor.model;

/**
 * How a module class is declared, as far as generated code depends on it.
 *
 * @param kind what kind of type it is
 * @param annotated whether the annotation is written on it, and not inherited
 * @param visible whether other packages can see it
 * @param hidden whether it, or a class around it, is private
 * @param nameable whether other source files can name it: what a compact source file declares they cannot
 * @param castable whether generated code can name the class and cast to it
 * @param asTensor whether it is seen as a tensor too
 */
public record ClassDeclaration(
        ModuleKind kind,
        boolean annotated,
        boolean visible,
        boolean hidden,
        boolean nameable,
        boolean castable,
        boolean asTensor) {}
