package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Field;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.MessageTypes;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** An annotation stands on the types that it is for. */
final class MemberTypeCheck implements Check {
    private static final Set<MemberType> TENSORS = EnumSet.of(
            MemberType.TENSOR,
            MemberType.ARRAY,
            MemberType.AS_TENSOR,
            MemberType.OPTIONAL_TENSOR,
            MemberType.OPTIONAL_ARRAY,
            MemberType.TENSORS,
            MemberType.ARRAYS,
            MemberType.PRIMITIVE);
    private static final Set<MemberType> SUBMODULES = EnumSet.of(
            MemberType.MODULE,
            MemberType.OPTIONAL_MODULE,
            MemberType.MODULES,
            MemberType.OPEN,
            MemberType.STATE_ARGUMENT);
    private static final Set<MemberType> EXTRA_STATE = EnumSet.of(MemberType.TEXT, MemberType.TEXT_MAP);

    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            switch (member.role()) {
                case PARAMETER -> check(member, TENSORS, Diagnostic.PARAMETER_TYPE, problems);
                case BUFFER -> check(member, TENSORS, Diagnostic.BUFFER_TYPE, problems);
                case SUBMODULE -> check(member, SUBMODULES, Diagnostic.SUBMODULE_TYPE, problems);
                case EXTRA_STATE -> check(member, EXTRA_STATE, Diagnostic.EXTRA_STATE_TYPE, problems);
                case UNDECLARED -> {}
            }
        }
    }

    private static void check(
            Member member, Set<MemberType> allowed, Diagnostic otherwise, Consumer<Problem> problems) {
        if (!allowed.contains(member.type())) {
            problems.accept(otherwise.of(
                    member, member.declaration().place(), member.display(), typeText(member.field()), mend(member)));
        } else if (member.is(FieldTrait.LIST) && !isListOfArrays(member)) {
            problems.accept(Diagnostic.LIST_TYPE.of(
                    member,
                    member.declaration().place(),
                    member.display(),
                    member.field().typeText()));
        }
    }

    private static boolean isListOfArrays(Member member) {
        return member.type() == MemberType.ARRAYS && member.field().typeText().endsWith("[][]");
    }

    /** A class that is called as one of ours looks as if it were that. */
    private static String typeText(Field field) {
        String own = field.ownClass();
        return own != null && MessageTypes.isNamesake(own.substring(own.lastIndexOf('.') + 1), own)
                ? field.typeText().replace(own, "your own " + own)
                : field.typeText();
    }

    private static String mend(Member member) {
        String own = member.field().ownClass();
        if (own != null) {
            return "annotate " + own
                    + " with @StateModule, what it holds with @Parameter, and drop the annotation here; or "
                    + (isTensor(member) ? "let it implement AsTensor" : "change its type");
        }
        return switch (member.type()) {
            case TENSOR, AS_TENSOR, OPTIONAL_TENSOR, OPTIONAL_ARRAY, TENSORS, ARRAY, ARRAYS, PRIMITIVE ->
                "annotate it with @Parameter or @Buffer";
            case MODULE, OPTIONAL_MODULE, MODULES -> "drop the annotation: a module needs none";
            case TEXT, TEXT_MAP -> "annotate it with @ExtraState";
            case OPEN, UNNAMEABLE_STATE, STATE_ARGUMENT, RAW_CONTAINER, OTHER ->
                mendOf(member.field().typeText());
        };
    }

    private static boolean isTensor(Member member) {
        return member.role() == MemberRole.PARAMETER || member.role() == MemberRole.BUFFER;
    }

    /** What to write instead of a type that holds numbers, but not as tensors do. */
    private static String mendOf(String type) {
        String element = type.replace("[]", "");
        String other = switch (element) {
            case "byte", "short", "char", "Byte", "Short", "Character", "AtomicInteger" -> "int";
            case "BigInteger", "AtomicLong" -> "long";
            case "BigDecimal" -> "double";
            default -> null;
        };
        if (other != null) {
            return "make it " + other + type.substring(element.length()) + ", or drop the annotation";
        }
        return switch (element) {
            case "FloatBuffer", "DoubleBuffer", "IntBuffer", "LongBuffer" ->
                "annotate a method that returns its array instead";
            default -> "change its type, or drop the annotation";
        };
    }
}
