package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Implementation;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.model.RuntimeNames;
import java.util.Optional;

/** A module class implements its generated interface, and nobody else's. */
public final class ImplementationCheck {
    private ImplementationCheck() {}

    public static Optional<Problem> check(Implementation implementation) {
        String name = implementation.name().display();
        String interfaceName = implementation.name().interfaceName();
        if (implementation.foreign() != null) {
            String foreign = implementation.foreign();
            String simple = foreign.substring(foreign.lastIndexOf('.') + 1);
            // of two that are called alike, the packages tell which is which
            return Optional.of(
                    simple.equals(interfaceName)
                            ? Diagnostic.FOREIGN_INTERFACE.at(
                                    implementation.place(),
                                    name,
                                    foreign,
                                    implementation.name().qualifiedInterfaceName())
                            : Diagnostic.FOREIGN_INTERFACE.at(implementation.place(), name, simple, interfaceName));
        }
        if (implementation.needed() && !implementation.own()) {
            // where our package is imported, Eclipse's compiler takes this simple name for the annotation's
            String written = RuntimeNames.EXTRA_STATE.endsWith('.' + interfaceName)
                    ? implementation.name().qualifiedInterfaceName()
                    : interfaceName;
            return Optional.of(Diagnostic.MISSING_INTERFACE.at(implementation.place(), name, written));
        }
        return Optional.empty();
    }
}
