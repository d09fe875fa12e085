package dev.statedict.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * The annotations that stand in source. javac of Java 17 shows none of those that do not exist, where a class has others: a
 * field whose {@code @Parameter} lacks its import looks as if it had nothing, and would be told as lost before the compiler
 * tells of the import.
 */
public interface WrittenAnnotations {

    /** Whether a class, or a field of it, bears an annotation that does not exist. */
    boolean areUnresolved(TypeElement type);

    /** The annotations of a compilation. Compilers that have no trees of javac's show all that is written. */
    static WrittenAnnotations of(ProcessingEnvironment environment) {
        try {
            return new Javac(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError anotherCompiler) {
            return type -> false;
        }
    }

    /** In javac's trees, which are looked up once for each class: to find one, a whole file is gone through. */
    record Javac(Trees trees) implements WrittenAnnotations {
        @Override
        public boolean areUnresolved(TypeElement type) {
            TreePath path = trees.getPath(type);
            return path != null
                    && path.getLeaf() instanceof ClassTree tree
                    && Stream.concat(Stream.of(tree.getModifiers()), modifiersOfFields(tree))
                            .flatMap(modifiers -> modifiers.getAnnotations().stream())
                            .anyMatch(annotation -> isError(new TreePath(path, annotation.getAnnotationType())));
        }

        private static Stream<ModifiersTree> modifiersOfFields(ClassTree type) {
            return type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(field -> ((VariableTree) field).getModifiers());
        }

        private boolean isError(TreePath annotation) {
            TypeMirror type = trees.getTypeMirror(annotation);
            return type != null && type.getKind() == TypeKind.ERROR;
        }
    }
}
