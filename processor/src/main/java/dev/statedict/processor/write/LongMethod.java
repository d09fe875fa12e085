package dev.statedict.processor.write;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.statedict.processor.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.lang.model.element.Modifier;

/**
 * A method that says something of each member, in parts where it is long: the class file format admits 64 KB of a method,
 * and javac needs some 30 bytes for a member that tells nothing of its past.
 */
final class LongMethod {
    private static final int MEMBERS_OF_A_PART = 500;

    private LongMethod() {}

    // visitState1(visitor);
    //
    // private void visitState1(StateVisitor visitor) {
    //     Linear self = (Linear) this;
    //     visitor.tensorParameter("weight", self.weight);
    // }
    //
    // Linear is no parameter, for javac warns of auxiliary classes in signatures whatever the interface suppresses.
    static List<MethodSpec> of(
            MethodSpec.Builder method,
            TypeName self,
            List<Member> members,
            BiConsumer<Member, MethodSpec.Builder> statements) {
        List<MethodSpec> methods = new ArrayList<>();
        if (members.isEmpty()) {
            return List.of(method.build());
        }
        if (members.size() <= MEMBERS_OF_A_PART) {
            addSelf(method, self);
            members.forEach(member -> statements.accept(member, method));
        } else {
            MethodSpec whole = method.build();
            ParameterSpec parameter = whole.parameters().get(0);
            for (int from = 0; from < members.size(); from += MEMBERS_OF_A_PART) {
                String name = whole.name() + (methods.size() + 1);
                MethodSpec.Builder part = MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(parameter);
                addSelf(part, self);
                members.subList(from, Math.min(from + MEMBERS_OF_A_PART, members.size()))
                        .forEach(member -> statements.accept(member, part));
                methods.add(part.build());
                method.addStatement("$L($L)", name, parameter.name());
            }
        }
        methods.add(0, method.build());
        return methods;
    }

    private static void addSelf(MethodSpec.Builder method, TypeName self) {
        method.addStatement("$1T self = ($1T) this", self);
    }
}
