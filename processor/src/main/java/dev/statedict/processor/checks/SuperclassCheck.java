package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Inheritance;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Problem;
import java.util.function.Consumer;

/** A superclass with state must be a module, and one that was compiled elsewhere must have its interface. */
final class SuperclassCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        Inheritance inheritance = module.inheritance();
        ModuleName parent = inheritance.parent();
        if (parent != null && !inheritance.parentGenerated()) {
            problems.accept(
                    Diagnostic.UNPROCESSED_SUPERCLASS.at(module.place(), parent.display(), parent.interfaceName()));
        }
        if (parent != null) {
            inheritance
                    .strayMembers()
                    .forEach(stray -> problems.accept(Diagnostic.BOUND_STATE.at(
                            module.place(),
                            module.name().display(),
                            stray.display(),
                            stray.field().typeText())));
            return;
        }
        for (Member stray : inheritance.strayMembers()) {
            problems.accept(
                    !stray.type().isState()
                            ? Diagnostic.STRAY_STATE.warningAt(
                                    module.place(),
                                    module.name().display(),
                                    "a module in " + stray.display(),
                                    stray.field().typeText())
                            : Diagnostic.STRAY_STATE.at(
                                    module.place(),
                                    module.name().display(),
                                    stray.display(),
                                    stray.field().typeText()));
        }
    }
}
