package dev.statedict.load;

import dev.statedict.Stateful;
import dev.statedict.text.KeyList;
import java.util.ArrayList;
import java.util.List;

/** The text of a failed load: PyTorch's, in its order (the end of {@code Module.load_state_dict}). */
public final class Message {
    private Message() {}

    static String of(Stateful module, List<String> missing, List<String> unexpected, List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        if (!missing.isEmpty()) {
            lines.add("Missing key(s) in state_dict: " + KeyList.quoted(missing) + ". ");
        }
        if (!unexpected.isEmpty()) {
            lines.add("Unexpected key(s) in state_dict: " + KeyList.quoted(unexpected) + ". ");
        }
        List<String> unassignable = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Problem problem : problems) {
            if (problem instanceof Problem.Unassignable member) {
                unassignable.add(member.key());
            } else {
                others.add(problem.message());
            }
        }
        lines.addAll(KeyList.lines(others, "more problem"));
        if (!unassignable.isEmpty()) {
            lines.add("Member(s) that cannot be assigned: " + KeyList.quoted(unassignable)
                    + ". They are final, private without a setter, or in an unmodifiable container: load them with"
                    + " Policy.COPY, or make them assignable.");
        }
        return "Error(s) in loading state_dict for " + nameOf(module) + ":\n\t" + String.join("\n\t", lines);
    }

    /** The simple class name; an anonymous class has none, and is called by the end of its binary name. */
    private static String nameOf(Stateful module) {
        String simple = module.getClass().getSimpleName();
        String binary = module.getClass().getName();
        return simple.isEmpty() ? binary.substring(binary.lastIndexOf('.') + 1) : simple;
    }
}
