package dev.statedict.spark;

import dev.statedict.StateDict;
import dev.statedict.StateDictLoadException;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a failed job means. What happened on an executor stands in the text of Spark's exception, and mostly in its causes too. */
final class SparkFailures {
    private static final Pattern MISSING = Pattern.compile(
            "(?:ClassNotFoundException|NoClassDefFoundError|KryoException: Unable to find class): ([\\w.$/]+)");
    private static final Pattern LAMBDA =
            Pattern.compile("cannot assign instance of java\\.lang\\.invoke\\.SerializedLambda");

    private static final String OUR_JARS =
            "give the jars of statedict-spark_2.13 and statedict-runtime to spark-submit by --jars or --packages, or pack them into the"
                    + " application's jar";

    private SparkFailures() {}

    /** A failure of a job that called the given functions of the user's. */
    static SparkTrainingException explained(Exception failure, Object... functions) {
        if (failure instanceof SparkTrainingException explained) {
            return explained;
        }
        StringBuilder text = new StringBuilder();
        @Nullable Throwable ofTask = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
            if (cause instanceof StateDictLoadException) {
                return new SparkTrainingException(
                        "a task could not load the model's state into the module that the factory made: "
                                + cause.getMessage(),
                        failure);
            }
            if (ofTask == null && !cause.getClass().getName().startsWith("org.apache.spark.")) {
                ofTask = cause;
            }
        }
        Matcher missing = MISSING.matcher(text);
        if (missing.find()) {
            return new SparkTrainingException(missing(missing.group(1).replace('/', '.')), failure);
        }
        if (LAMBDA.matcher(text).find()) {
            return new SparkTrainingException(missingOf(functions), failure);
        }
        return new SparkTrainingException("a job failed: " + (ofTask == null ? failure : ofTask), failure);
    }

    /** Before JDK 25 Java hides which class is missing behind a complaint about a lambda: the one of Spark in which what was sent is wrapped. */
    private static String missingOf(Object... functions) {
        if (functions.length == 0) {
            return "an executor could not make again what it was sent, which is how Java says that it lacks classes of statedict; "
                    + OUR_JARS;
        }
        String names = Arrays.stream(functions)
                .map(function ->
                        function instanceof ClassifierLoss<?> loss ? loss.classifierClass() : function.getClass())
                .map(type -> type.getName().replaceFirst("\\$\\$Lambda.*", ""))
                .distinct()
                .collect(Collectors.joining(" or "));
        return "an executor could not make again what it was sent, which is how Java says that it lacks a class, "
                + names
                + " or one that it needs; give its jar to spark-submit by --jars, or pack it into the application's jar";
    }

    private static String missing(String name) {
        return isOurs(name)
                ? "an executor lacks a class of statedict, " + name + "; " + OUR_JARS
                : "an executor lacks the class " + name
                        + "; give its jar to spark-submit by --jars, or pack it into the application's jar";
    }

    /** Whether a class, which the driver has, came with this module or the runtime. */
    private static boolean isOurs(String name) {
        try {
            CodeSource source = Class.forName(
                            name, false, Thread.currentThread().getContextClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source != null
                    && (source.equals(sourceOf(SparkFailures.class)) || source.equals(sourceOf(StateDict.class)));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static @Nullable CodeSource sourceOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
