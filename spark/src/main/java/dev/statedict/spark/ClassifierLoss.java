package dev.statedict.spark;

import dev.statedict.Stateful;
import java.lang.reflect.Modifier;

/** A classifier at a number of features and classes: what travels in place of a lambda. */
final class ClassifierLoss<M extends Stateful> implements ModuleFactory<M>, LossGradient<M> {
    private static final long serialVersionUID = 1;

    private final RowClassifier<M> classifier;
    private final int features;
    private final int classes;

    ClassifierLoss(RowClassifier<M> classifier, int features, int classes) {
        this.classifier = classifier;
        this.features = features;
        this.classes = classes;
    }

    @Override
    public M create() {
        return classifier.create(features, classes);
    }

    @Override
    public double sum(M model, RowBlock block, M gradient) {
        return classifier.sum(model, block, classes, gradient);
    }

    Class<?> classifierClass() {
        return classifier.getClass();
    }

    /** The name under which a classifier can be made again. */
    static String name(RowClassifier<?> classifier) {
        Class<?> type = classifier.getClass();
        String why = type.isHidden() || type.isSynthetic()
                ? "a lambda, which has no name to save"
                : type.isAnonymousClass()
                        ? "an anonymous class, which no other program can make"
                        : type.isLocalClass() || type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                                ? "an inner class, which cannot be made without what is around it"
                                : !Modifier.isPublic(type.getModifiers()) ? "not public" : "";
        if (why.isEmpty()) {
            try {
                type.getConstructor();
                return type.getName();
            } catch (NoSuchMethodException e) {
                why = "without a public constructor without parameters";
            }
        }
        throw new IllegalArgumentException("the classifier " + type.getName() + " is " + why
                + ", and its name is all that a pipeline saves of it; write a public class, at top level or static, with a public"
                + " constructor without parameters, that implements RowClassifier");
    }

    /** The classifier of a name. A jar that only {@code spark.jars} names is seen by the thread's context loader alone. */
    @SuppressWarnings("unchecked") // whatever its modules are, they are all of one class
    static RowClassifier<Stateful> named(String name) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            Class<?> type =
                    Class.forName(name, true, context == null ? ClassifierLoss.class.getClassLoader() : context);
            return (RowClassifier<Stateful>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "the classifier " + name + " cannot be made (" + e
                            + "); put the jar of the class with which the pipeline was saved on the class path (--jars)",
                    e);
        }
    }
}
