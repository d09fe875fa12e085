package dev.statedict.processor.checks;

import dev.statedict.processor.model.DeclaredShape;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.Optional;
import java.util.function.Consumer;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** A declared shape is of one tensor, in sizes and symbols. */
final class ShapeCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            DeclaredShape shape = member.shape();
            if (shape != null) {
                check(member, shape, problems);
            }
        }
    }

    private static void check(Member member, DeclaredShape shape, Consumer<Problem> problems) {
        String mend = mend(member, shape.sizes().size());
        Optional<String> senseless =
                shape.sizes().stream().filter(size -> !isSize(size)).findFirst();
        if (mend != null) {
            problems.accept(Diagnostic.SHAPE_TYPE.of(
                    member, shape.place(), member.display(), member.field().typeText(), shape.text(), mend));
        } else if (senseless.isPresent()) {
            problems.accept(Diagnostic.SHAPE_SIZE.of(member, shape.place(), senseless.get(), member.display()));
        }
    }

    private static @Nullable String mend(Member member, int sizes) {
        return switch (member.type()) {
            case ARRAY -> {
                int dimensions = member.field().typeText().split("\\[\\]", -1).length - 1;
                if (sizes == dimensions) {
                    yield null;
                }
                yield dimensions == 1
                        ? "an array has one dimension: write one size"
                        : "an array of arrays has " + dimensions + " dimensions here: write " + dimensions + " sizes";
            }
            case TENSORS, ARRAYS -> "only a field that holds one tensor has a shape: drop it";
            case PRIMITIVE -> "a number has no dimensions: drop it";
            default -> null;
        };
    }

    private static boolean isSize(String size) {
        return SourceVersion.isIdentifier(size) || isNumber(size);
    }

    private static boolean isNumber(String size) {
        try {
            return Integer.parseInt(size) >= 0 && Character.isDigit(size.charAt(0));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
