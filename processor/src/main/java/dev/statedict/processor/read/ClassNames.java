package dev.statedict.processor.read;

import dev.statedict.processor.model.ModuleName;
import java.util.LinkedList;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** Names of classes. */
final class ClassNames {
    private ClassNames() {}

    static ModuleName of(TypeElement type) {
        LinkedList<ModuleName.Part> parts = new LinkedList<>();
        boolean parametersApply = true;
        Element element = type;
        for (; element instanceof TypeElement part; element = element.getEnclosingElement()) {
            int typeParameters = parametersApply ? part.getTypeParameters().size() : 0;
            parts.addFirst(new ModuleName.Part(part.getSimpleName().toString(), typeParameters));
            // the parameters of an enclosing class reach inner classes alone
            parametersApply &= !part.getModifiers().contains(Modifier.STATIC);
        }
        String packageName = "";
        String javaModule = "";
        if (element instanceof PackageElement home) {
            packageName = home.getQualifiedName().toString();
            // a language level without modules has no such element
            javaModule = home.getEnclosingElement() instanceof ModuleElement module
                    ? module.getQualifiedName().toString()
                    : "";
        }
        return new ModuleName(javaModule, packageName, parts);
    }
}
