package dev.statedict.processor.schema;

import dev.statedict.processor.model.DeclaredShape;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.FormerKey;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.RetiredKeys;
import dev.statedict.processor.model.Tie;
import dev.statedict.schema.ClassSchema;
import dev.statedict.schema.MemberKind;
import dev.statedict.schema.MemberSchema;

/** From the model of a class to its schema. */
final class ModuleSchemas {
    private ModuleSchemas() {}

    static ClassSchema of(ModuleModel module) {
        ModuleName parent = module.inheritance().parent();
        return new ClassSchema(
                module.name().binary(),
                module.history().version(),
                module.addsState()
                        ? module.history().migrates()
                        : module.inheritance().migrates(),
                parent == null ? null : parent.binary(),
                module.members().stream().map(ModuleSchemas::of).toList(),
                module.history().retired().stream().map(RetiredKeys::glob).toList());
    }

    static MemberSchema of(Member member) {
        DeclaredShape shape = member.shape();
        Tie tie = member.tie();
        return new MemberSchema(
                member.key(),
                kind(member),
                member.field().typeText(),
                member.submodule(),
                switch (member.type()) {
                    case TENSORS, ARRAYS, MODULES -> true;
                    default -> false;
                },
                isOptional(member),
                member.declaration().persistent(),
                shape == null ? null : shape.sizes(),
                member.history().formerKeys().stream().map(FormerKey::key).toList(),
                tie == null ? null : tie.target(),
                member.history().addedIn());
    }

    private static boolean isOptional(Member member) {
        return member.is(FieldTrait.NULLABLE) || member.field().typeText().startsWith("Optional<");
    }

    private static MemberKind kind(Member member) {
        return switch (member.role()) {
            case PARAMETER -> MemberKind.PARAMETER;
            case BUFFER -> member.type() == MemberType.PRIMITIVE ? MemberKind.COUNTER : MemberKind.BUFFER;
            case SUBMODULE -> MemberKind.SUBMODULE;
            case EXTRA_STATE -> MemberKind.EXTRA_STATE;
            case UNDECLARED -> throw new IllegalArgumentException(member.display() + " is " + MemberRole.UNDECLARED);
        };
    }
}
