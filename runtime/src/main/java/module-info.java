/** State dicts for Java model classes, generated at compile time. */
module dev.statedict {
    requires static java.net.http;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports dev.statedict;
    exports dev.statedict.arithmetic;
    exports dev.statedict.evaluation;
    exports dev.statedict.inspect;
    exports dev.statedict.io;
    exports dev.statedict.tensor;
}
