package dev.statedict.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.statedict.processor.model.Assignment;
import dev.statedict.processor.model.FieldTrait;
import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.MemberRole;
import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.ModuleModel;
import dev.statedict.processor.model.ModuleName;
import dev.statedict.processor.model.Policy;
import dev.statedict.processor.model.Tie;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Writes the interface that a module class implements. Each method shows the Java that it writes. */
final class StateInterfaceWriter {
    private static final AnnotationSpec OVERRIDE =
            AnnotationSpec.builder(Override.class).build();
    private static final ParameterSpec VISITOR =
            ParameterSpec.builder(TypeNames.STATE_VISITOR, "visitor").build();
    private static final ParameterSpec ASSIGNER =
            ParameterSpec.builder(TypeNames.STATE_ASSIGNER, "assigner").build();

    private final ModuleModel module;
    private final ClassName moduleClass;
    private final TypeName self;
    private final @Nullable ModuleName parent;
    private final ClassName parentInterface;

    private StateInterfaceWriter(ModuleModel module) {
        this.module = module;
        this.moduleClass = TypeNames.rawOf(module.name());
        this.self = TypeNames.wildcardOf(module.name());
        this.parent = module.inheritance().generatedParent();
        this.parentInterface = parent == null ? TypeNames.STATEFUL : TypeNames.interfaceOf(parent);
    }

    /**
     * Writes the interface of a module class.
     *
     * @param module the class, without errors
     * @param generator the name of the processor
     * @return the source of {@link ModuleName#qualifiedInterfaceName}
     */
    static String write(ModuleModel module, String generator) {
        TypeSpec type = new StateInterfaceWriter(module).type(generator);
        return Ascii.source(JavaFile.builder(module.name().packageName(), type)
                .skipJavaLangImports(!module.stateInterface().hidesJavaLang())
                .indent("    ")
                .build()
                .toString());
    }

    // /** The state of {@link Linear}, generated from its annotations. {@code stateDict()} is ALIAS, ... */
    // @Generated("dev.statedict.processor.StateDictProcessor")
    // public interface LinearState extends Stateful {
    private TypeSpec type(String generator) {
        TypeSpec.Builder type = TypeSpec.interfaceBuilder(module.name().interfaceName())
                .addJavadoc(
                        "The state of {@link $T}, generated from its annotations.\n"
                                + "{@code stateDict()} is $L, {@code loadStateDict(map)} is $L.",
                        moduleClass,
                        module.policies().stateDict(),
                        module.policies().loadStateDict())
                .addAnnotation(AnnotationSpec.builder(TypeNames.GENERATED)
                        .addMember("value", "$S", generator)
                        .build())
                .addSuperinterface(parentInterface);
        // what Stateful says already is not said again: of what 4,000 classes cost javac a seventh goes, with two
        // methods
        // and four imports of each
        if (parent != null || module.policies().stateDict() != Policy.ALIAS) {
            type.addMethod(stateDict());
        }
        if (parent != null || module.policies().loadStateDict() != Policy.COPY) {
            type.addMethod(loadStateDict()).addMethod(loadStateDictWithOptions());
        }
        if (module.declaration().visible()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        if (!module.stateInterface().suppressedWarnings().isEmpty()) {
            type.addAnnotation(suppressWarnings());
        }
        List<Member> visited =
                module.members().stream().filter(Member::isVisited).toList();
        CodeBlock history = HistoryWriter.ofModule(module, moduleClass);
        if (parent == null || !visited.isEmpty() || !history.isEmpty()) {
            type.addMethods(visitState(history, visited));
        }
        List<Member> assigned = visited.stream()
                .filter(member -> member.isAssigned() && member.assignment() != null)
                .toList();
        if (!assigned.isEmpty()) {
            type.addMethods(assignState(assigned));
        }
        return type.build();
    }

    // @SuppressWarnings({"deprecation", "removal"})
    private AnnotationSpec suppressWarnings() {
        List<String> warnings = module.stateInterface().suppressedWarnings();
        CodeBlock value = warnings.size() == 1
                ? CodeBlock.of("$S", warnings.get(0))
                : warnings.stream()
                        .map(warning -> CodeBlock.of("$S", warning))
                        .collect(CodeBlock.joining(", ", "{", "}"));
        return AnnotationSpec.builder(SuppressWarnings.class)
                .addMember("value", value)
                .build();
    }

    // @Override
    // default StateDict stateDict() {
    //     return stateDict(Policy.ALIAS);
    // }
    private MethodSpec stateDict() {
        return method("stateDict")
                .returns(TypeNames.STATE_DICT)
                .addStatement(
                        "return stateDict($T.$L)",
                        TypeNames.POLICY,
                        module.policies().stateDict())
                .build();
    }

    // @Override
    // default LoadReport loadStateDict(Map<String, Tensor> state) {
    //     return loadStateDict(state, Policy.COPY);
    // }
    private MethodSpec loadStateDict() {
        return method("loadStateDict")
                .returns(TypeNames.LOAD_REPORT)
                .addParameter(TypeNames.STATE, "state")
                .addStatement(
                        "return loadStateDict(state, $T.$L)",
                        TypeNames.POLICY,
                        module.policies().loadStateDict())
                .build();
    }

    // @Override
    // default LoadReport loadStateDict(Map<String, Tensor> state, LoadOptions options) {
    //     return Stateful.super.loadStateDict(state, options.withDefaultPolicy(Policy.COPY));
    // }
    private MethodSpec loadStateDictWithOptions() {
        return method("loadStateDict")
                .returns(TypeNames.LOAD_REPORT)
                .addParameter(TypeNames.STATE, "state")
                .addParameter(TypeNames.LOAD_OPTIONS, "options")
                .addStatement(
                        "return $T.super.loadStateDict(state, options.withDefaultPolicy($T.$L))",
                        parentInterface,
                        TypeNames.POLICY,
                        module.policies().loadStateDict())
                .build();
    }

    // @Override
    // default void visitState(StateVisitor visitor) {
    //     visitor.fieldsInOrder(this, Linear.class); // else what a superclass has, or fields(this)
    //     Linear self = (Linear) this;
    //     visitor.tensorParameter("weight", self.weight);
    //     visitor.submodule("fc", self.fc);
    // }
    private List<MethodSpec> visitState(CodeBlock history, List<Member> visited) {
        MethodSpec.Builder method = method("visitState").addParameter(VISITOR);
        boolean inOrder = VisitOrder.mayBeTold(module, visited);
        if (inOrder) {
            method.addStatement("visitor.fieldsInOrder(this, $T.class)", moduleClass);
        } else if (parent == null) {
            method.addStatement("visitor.fields(this)");
        } else {
            method.addStatement("$T.super.visitState(visitor)", parentInterface);
        }
        method.addCode(history);
        List<Member> told = inOrder ? VisitOrder.of(visited) : visited;
        return LongMethod.of(method, self, told, StateInterfaceWriter::addVisitAndPast);
    }

    private static void addVisitAndPast(Member member, MethodSpec.Builder method) {
        addVisit(member, method);
        if (member.tie() != null) {
            addTie(member, member.tie(), method);
        }
        HistoryWriter.addMember(member, method);
    }

    // visitor.accessor("bias", "Linear.getBias()");
    // visitor.tensorParameter("bias", self.getBias());
    // visitor.submodule("block", self.block instanceof Stateful module ? module : null);
    private static void addVisit(Member member, MethodSpec.Builder method) {
        if (member.isReadByMethod()) {
            method.addStatement(
                    "visitor.accessor($L, $S)",
                    HistoryWriter.key(member),
                    member.field().owner() + '.' + value(member));
        }
        if (member.role() == MemberRole.EXTRA_STATE) {
            method.addStatement("visitor.extraState(self.$L)", value(member));
        } else if (member.is(FieldTrait.SINGLE_CLASS)) {
            method.addStatement(
                    "visitor.submodule($L, self.$L instanceof $T module ? module : null)",
                    HistoryWriter.key(member),
                    value(member),
                    TypeNames.STATEFUL);
        } else {
            addText(
                    method,
                    "visitor." + visitorMethod(member) + '(' + Ascii.literal(member.key()) + ", self." + value(member)
                            + ')');
        }
    }

    /** A statement in one piece: JavaPoet, which goes through all pieces twice, takes a third less time for it. */
    private static void addText(MethodSpec.Builder method, String statement) {
        method.addStatement("$L", statement);
    }

    // visitor.tiedTo("head.weight", "embed.weight");
    private static void addTie(Member member, Tie tie, MethodSpec.Builder method) {
        method.addStatement("visitor.tiedTo($L, $L)", Ascii.literal(member.tiedKey(tie)), Ascii.literal(tie.target()));
    }

    private static String visitorMethod(Member member) {
        return switch (member.role()) {
            case PARAMETER ->
                switch (member.type()) {
                    case TENSOR -> "tensorParameter";
                    case TENSORS, ARRAYS -> "parameters";
                    default -> "parameter";
                };
            case BUFFER ->
                switch (member.type()) {
                    case TENSOR -> "tensorBuffer";
                    case TENSORS, ARRAYS -> "buffers";
                    case PRIMITIVE -> "counter";
                    default -> "buffer";
                };
            case SUBMODULE -> member.type() == MemberType.MODULES ? "submodules" : "submodule";
            case EXTRA_STATE, UNDECLARED -> throw new IllegalArgumentException(member.role() + " has no key");
        };
    }

    // weight, or getWeight() when the field is private, or there is none
    private static String value(Member member) {
        return member.isReadByMethod()
                ? member.field().access().accessor() + "()"
                : member.field().name();
    }

    // @Override
    // default void assignState(StateAssigner assigner) {
    //     BaseState.super.assignState(assigner);
    //     Linear self = (Linear) this;
    //     self.weight = assigner.tensorField("weight", self.weight);
    // }
    private List<MethodSpec> assignState(List<Member> assigned) {
        MethodSpec.Builder method = method("assignState").addParameter(ASSIGNER);
        if (parent != null) {
            method.addStatement("$T.super.assignState(assigner)", parentInterface);
        }
        return LongMethod.of(method, self, assigned, StateInterfaceWriter::addAssignment);
    }

    // self.weight = assigner.tensorField("weight", self.weight);
    // assigner.setter("bias", () -> self.getBias(), self::setBias);
    // assigner.setter("steps", () -> self.steps(), value -> self.setSteps((long) value));
    private static void addAssignment(Member member, MethodSpec.Builder method) {
        String name = member.field().name();
        if (member.assignment() instanceof Assignment.Setter setter) {
            method.addStatement(
                    "assigner.setter($L, () -> self.$L, $L)",
                    HistoryWriter.key(member),
                    value(member),
                    reference(setter));
        } else if (member.role() == MemberRole.EXTRA_STATE) {
            method.addStatement("self.$1L = assigner.field($2L, self.$1L)", name, HistoryWriter.key(member));
        } else {
            String field = member.type() == MemberType.TENSOR ? "tensorField" : "field";
            addText(
                    method,
                    "self." + name + " = assigner." + field + '(' + Ascii.literal(member.key()) + ", self." + name
                            + ')');
        }
    }

    /** A reference to an overloaded setter would be one to whatever takes a boxed value. */
    private static String reference(Assignment.Setter setter) {
        return setter.primitive() == null
                ? "self::" + setter.method()
                : "value -> self." + setter.method() + "((" + setter.primitive() + ") value)";
    }

    // Linear self = (Linear) this;
    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(OVERRIDE).addModifiers(Modifier.PUBLIC, Modifier.DEFAULT);
    }
}
