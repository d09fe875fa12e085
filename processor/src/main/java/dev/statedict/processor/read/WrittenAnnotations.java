package dev.statedict.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

/**
 * How many annotations stand in source. javac of Java 17 shows none of those that do not exist, where a class has others: a
 * field whose {@code @Parameter} lacks its import looks as if it had nothing, and would be told as lost before the compiler
 * tells of the import.
 */
public interface WrittenAnnotations {

    /** Whether an element has more annotations than the compiler shows. */
    boolean hideSome(Element element);

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
        public boolean hideSome(Element element) {
            Tree tree = trees.getTree(element);
            ModifiersTree modifiers = tree instanceof VariableTree field
                    ? field.getModifiers()
                    : tree instanceof ClassTree type ? type.getModifiers() : null;
            return modifiers != null
                    && modifiers.getAnnotations().size()
                            > element.getAnnotationMirrors().size();
        }
    }
}
