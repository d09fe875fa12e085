package dev.statedict.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RuntimeNames;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The types that generated code names: the runtime's, and those of module classes. */
final class TypeNames {
    static final ClassName TENSOR = ClassName.bestGuess(RuntimeNames.TENSOR);
    static final ClassName STATEFUL = ClassName.bestGuess(RuntimeNames.STATEFUL);
    static final ClassName STATE_DICT = ClassName.bestGuess(RuntimeNames.STATE_DICT);
    static final ClassName POLICY = ClassName.bestGuess(RuntimeNames.POLICY);
    static final ClassName LOAD_OPTIONS = ClassName.bestGuess(RuntimeNames.LOAD_OPTIONS);
    static final ClassName LOAD_REPORT = ClassName.bestGuess(RuntimeNames.LOAD_REPORT);
    static final ClassName STATE_VISITOR = ClassName.bestGuess(RuntimeNames.STATE_VISITOR);
    static final ClassName STATE_ASSIGNER = ClassName.bestGuess(RuntimeNames.STATE_ASSIGNER);
    static final ClassName GENERATED = ClassName.bestGuess(RuntimeNames.GENERATED);

    /** What loading takes: {@code Map<String, Tensor>}. */
    static final TypeName STATE =
            ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), TENSOR);

    private TypeNames() {}

    static ClassName interfaceOf(ModuleName module) {
        return ClassName.get(module.packageName(), module.interfaceName());
    }

    /** The class without type parameters. */
    static ClassName rawOf(ModuleName name) {
        List<String> simpleNames =
                name.parts().stream().map(ModuleName.Part::simpleName).toList();
        return ClassName.get(
                name.packageName(),
                simpleNames.get(0),
                simpleNames.subList(1, simpleNames.size()).toArray(String[]::new));
    }

    /** The class with a wildcard for each type parameter: {@code Outer<?>.Inner}. */
    static TypeName wildcardOf(ModuleName name) {
        ClassName raw = ClassName.get(name.packageName(), name.parts().get(0).simpleName());
        TypeName type = withWildcards(raw, name.parts().get(0));
        for (ModuleName.Part part : name.parts().subList(1, name.parts().size())) {
            TypeName[] wildcards = wildcards(part);
            if (type instanceof ParameterizedTypeName outer) {
                type = outer.nestedClass(part.simpleName(), List.of(wildcards));
            } else {
                type = withWildcards(((ClassName) type).nestedClass(part.simpleName()), part);
            }
        }
        return type;
    }

    private static TypeName withWildcards(ClassName type, ModuleName.Part part) {
        return part.typeParameters() == 0 ? type : ParameterizedTypeName.get(type, wildcards(part));
    }

    private static TypeName[] wildcards(ModuleName.Part part) {
        return Collections.nCopies(part.typeParameters(), WildcardTypeName.subtypeOf(Object.class))
                .toArray(TypeName[]::new);
    }
}
