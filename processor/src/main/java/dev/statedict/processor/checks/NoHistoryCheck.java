package dev.statedict.processor.checks;

import dev.statedict.processor.model.Diagnostic;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What no dict has, loading neither renames nor checks. */
final class NoHistoryCheck implements Check {
    @Override
    public void check(ModuleModel module, Consumer<Problem> problems) {
        for (Member member : module.members()) {
            List<String> futile = member.declaration().persistent() ? List.of() : told(member);
            if (!futile.isEmpty()) {
                problems.accept(Diagnostic.HISTORY_WITHOUT_KEY.of(
                        member, member.declaration().place(), member.display(), String.join(" and ", futile)));
            }
        }
    }

    private static List<String> told(Member member) {
        List<String> told = new ArrayList<>();
        if (!member.history().formerKeys().isEmpty()) {
            told.add("formerly");
        }
        if (member.history().addedIn() != 1) {
            told.add("addedIn");
        }
        if (member.shape() != null) {
            told.add("shape");
        }
        return told;
    }
}
