package dev.statedict.processor.read;

import dev.statedict.processor.model.MemberType;
import dev.statedict.tensor.Tensor;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Sorts the types of fields by what they mean to state. */
final class TypeReader {
    private static final String TENSOR = Tensor.class.getCanonicalName();

    private final ModuleTypes modules;

    TypeReader(ModuleTypes modules) {
        this.modules = modules;
    }

    MemberType read(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            return MemberType.OTHER;
        }
        TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
        if (element.getQualifiedName().contentEquals(TENSOR)) {
            return MemberType.TENSOR;
        }
        return modules.isModule(element) ? MemberType.MODULE : MemberType.OTHER;
    }
}
