package dev.statedict.tree;

import dev.statedict.Stateful;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the modules on a path told, and may not tell so again. */
final class FirstAnswers {
    private record Answer(
            DescentPath.Level level,
            String name,
            Object value,
            @Nullable String accessor) {}

    private final List<Answer> answers = new ArrayList<>(0);

    /** Adds one, to new ones where there are none. */
    static FirstAnswers add(
            @Nullable FirstAnswers before,
            DescentPath.Level level,
            String name,
            Object value,
            @Nullable String accessor) {
        FirstAnswers first = before == null ? new FirstAnswers() : before;
        first.answers.add(new Answer(level, name, value, accessor));
        return first;
    }

    /** Asks the module at a level again, and forgets what it told. */
    List<HandedOutCopy> compare(ModulePath at, Stateful module, DescentPath.Level told) {
        int first = answers.size();
        while (first > 0 && answers.get(first - 1).level() == told) {
            first--;
        }
        List<Answer> own = answers.subList(first, answers.size());
        SecondAnswer second = SecondAnswer.of(at, module);
        List<HandedOutCopy> copies = new ArrayList<>(0);
        for (Answer answer : own) {
            SecondAnswer.Difference difference = second.differenceTo(answer.name(), answer.value());
            if (difference != SecondAnswer.Difference.NONE) {
                copies.add(new HandedOutCopy(
                        at.key(answer.name()),
                        module.getClass().getSimpleName(),
                        answer.accessor(),
                        difference == SecondAnswer.Difference.ELEMENTS));
            }
        }
        own.clear();
        return copies;
    }
}
