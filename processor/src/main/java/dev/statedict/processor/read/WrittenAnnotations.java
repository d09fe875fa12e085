package dev.statedict.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that stand in source. javac of Java 17 shows none of those that do not exist, where a class has others: a
 * field whose {@code @Parameter} lacks its import looks as if it had nothing, and would be told as lost before the compiler
 * tells of the import.
 */
public interface WrittenAnnotations {

    /** Whether an element bears an annotation that does not exist. */
    boolean areUnresolved(Element element);

    /** The annotations of a compilation. Compilers that have no trees of javac's show all that is written. */
    static WrittenAnnotations of(ProcessingEnvironment environment) {
        try {
            return new Javac(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError anotherCompiler) {
            return element -> false;
        }
    }

    /** In javac's trees. */
    record Javac(Trees trees) implements WrittenAnnotations {
        @Override
        public boolean areUnresolved(Element element) {
            TreePath path = trees.getPath(element);
            ModifiersTree modifiers = path == null ? null : modifiers(path.getLeaf());
            return modifiers != null
                    && modifiers.getAnnotations().stream()
                            .anyMatch(annotation -> isError(new TreePath(path, annotation.getAnnotationType())));
        }

        private static @Nullable ModifiersTree modifiers(Tree declaration) {
            if (declaration instanceof VariableTree field) {
                return field.getModifiers();
            }
            return declaration instanceof ClassTree type ? type.getModifiers() : null;
        }

        private boolean isError(TreePath annotation) {
            TypeMirror type = trees.getTypeMirror(annotation);
            return type != null && type.getKind() == TypeKind.ERROR;
        }
    }
}
