package dev.statedict.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MigrationMethod;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.RetiredKeys;

/** Writes what a module class says of its past, and of shapes. */
final class HistoryWriter {
    private HistoryWriter() {}

    // visitor.version(2, Linear::migrate);
    // visitor.retired("position_*");
    static CodeBlock ofModule(ModuleModel module, ClassName moduleClass) {
        CodeBlock.Builder code = CodeBlock.builder();
        int version = module.history().version();
        if (module.declaration().castable() && module.history().migrates()) {
            code.addStatement("visitor.version($L, $T::$L)", version, moduleClass, MigrationMethod.NAME);
        } else if (module.tellsVersion()) {
            code.addStatement("visitor.version($L)", version);
        }
        for (RetiredKeys retired : module.history().retired()) {
            code.addStatement("visitor.retired($L)", Ascii.literal(retired.glob()));
        }
        return code.build();
    }

    // visitor.shape("weight", "out", "in");
    // visitor.formerly("weight", "w");
    // visitor.addedIn("weight", 2);
    static void addMember(Member member, MethodSpec.Builder method) {
        if (member.shape() != null) {
            CodeBlock.Builder sizes = CodeBlock.builder();
            member.shape().sizes().forEach(size -> sizes.add(", $L", Ascii.literal(size)));
            method.addStatement("visitor.shape($L$L)", key(member), sizes.build());
        }
        for (FormerKey former : member.history().formerKeys()) {
            method.addStatement("visitor.formerly($L, $L)", key(member), Ascii.literal(former.key()));
        }
        if (member.history().addedIn() != 1) {
            method.addStatement(
                    "visitor.addedIn($L, $L)", key(member), member.history().addedIn());
        }
    }

    // "weight"
    static CodeBlock key(Member member) {
        return member.role() == MemberRole.EXTRA_STATE
                ? CodeBlock.of("$T.EXTRA_STATE", TypeNames.STATE_ASSIGNER)
                : CodeBlock.of("$L", Ascii.literal(member.key()));
    }
}
