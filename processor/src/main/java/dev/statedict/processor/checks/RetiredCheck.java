package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import dev.statedict.processor.model.RetiredKeys;
import dev.statedict.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is retired is nothing that the class has, or inherits, or holds in a submodule, as far as the types tell. */
final class RetiredCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        List<String> own = new ArrayList<>();
        List<String> all = new ArrayList<>();
        module.members().forEach(member -> addKeys(member, own));
        module.inheritance().members().forEach(member -> addKeys(member, all));
        all.addAll(own);
        all.addAll(module.history().keysBelow());
        String name = module.name().display();
        for (RetiredKeys retired : module.history().retired()) {
            if (retired.glob().isEmpty()) {
                problems.accept(Diagnostic.RETIRED_EMPTY.at(retired.place(), retired.owner()));
            }
            if (!Words.isEncodable(retired.glob())) {
                problems.accept(Diagnostic.UNENCODABLE_KEY.at(
                        retired.place(), "@Retired(" + Words.quoted(retired.glob()) + ") of " + retired.owner()));
            }
            firstMatch(retired, all)
                    .ifPresent(key -> problems.accept(Diagnostic.RETIRED_KEY_LIVE.at(
                            retired.place(), retired.glob(), retired.owner(), key, name)));
        }
        for (Member member : module.members()) {
            List<String> keys = new ArrayList<>();
            addKeys(member, keys);
            for (RetiredKeys retired : module.inheritance().retired()) {
                firstMatch(retired, keys)
                        .ifPresent(key -> problems.accept(Diagnostic.RETIRED_KEY_LIVE.of(
                                member, member.declaration().keyPlace(), retired.glob(), retired.owner(), key, name)));
            }
        }
    }

    private static void addKeys(Member member, List<String> keys) {
        if (member.isVisited() && member.isCertain()) {
            // what stands below it begins with its name, whatever it is
            keys.add(member.type().isNested() ? member.key() + ".*" : member.key());
        }
    }

    private static Optional<String> firstMatch(RetiredKeys retired, List<String> keys) {
        Glob glob = new Glob(retired.glob());
        return keys.stream().filter(glob::covers).findFirst();
    }
}
