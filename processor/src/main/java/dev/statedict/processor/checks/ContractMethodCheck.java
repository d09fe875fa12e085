package dev.statedict.processor.checks;

import dev.statedict.processor.model.ContractMethod;
import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A class's method wins over an interface's: one with a generated method's signature would take its place in silence. */
final class ContractMethodCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        String name = module.name().display();
        String interfaceName = module.name().interfaceName();
        for (ContractMethod method : module.contractMethods()) {
            problems.accept(Diagnostic.DECLARES_CONTRACT.at(method.place(), name, method.signature(), interfaceName));
        }
        for (ContractMethod method : module.inheritance().contractMethods()) {
            problems.accept(Diagnostic.INHERITS_CONTRACT.at(
                    module.place(), name, method.signature(), method.owner(), interfaceName));
        }
        for (ContractMethod method : module.inheritance().contractDefaults()) {
            problems.accept(Diagnostic.DEFAULT_CONTRACT.at(
                    module.place(), name, method.signature(), method.owner(), interfaceName));
        }
    }
}
