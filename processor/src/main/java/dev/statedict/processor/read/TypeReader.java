package dev.statedict.processor.read;

import dev.statedict.processor.model.MemberType;
import dev.statedict.processor.model.RuntimeNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Sorts the types of fields by what they mean to state. */
final class TypeReader extends SimpleTypeVisitor14<MemberType, Void> {
    private static final Set<String> BOXED =
            Set.of("java.lang.Float", "java.lang.Double", "java.lang.Integer", "java.lang.Long", "java.lang.Boolean");
    private static final String STRING = String.class.getCanonicalName();

    // a class can also be a list of ever larger types
    private static final int DEEPEST = 16;

    private final ModuleTypes modules;
    private final ContainerTypes containers;
    // a class that is a list of itself, or a type variable that is bounded by itself, is met again on the way down
    private final Set<String> beingRead = new HashSet<>();

    TypeReader(ModuleTypes modules, ContainerTypes containers) {
        super(MemberType.OTHER);
        this.modules = modules;
        this.containers = containers;
    }

    MemberType read(TypeMirror type) {
        return type.accept(this, null);
    }

    @Override
    public MemberType visitPrimitive(PrimitiveType type, Void none) {
        return isElementType(type.getKind()) ? MemberType.PRIMITIVE : MemberType.OTHER;
    }

    /** Whether tensors have elements of that type. */
    private static boolean isElementType(TypeKind kind) {
        return switch (kind) {
            case FLOAT, DOUBLE, INT, LONG, BOOLEAN -> true;
            default -> false;
        };
    }

    @Override
    public MemberType visitArray(ArrayType type, Void none) {
        TypeMirror component = type.getComponentType();
        if (isElementType(component.getKind()) || isRows(component)) {
            return MemberType.ARRAY;
        }
        return listOf(read(component));
    }

    /** Whether it is an array, of any depth, of primitives that tensors have as elements. */
    private static boolean isRows(TypeMirror type) {
        return type instanceof ArrayType array
                && (isElementType(array.getComponentType().getKind()) || isRows(array.getComponentType()));
    }

    /** Reads a type whose outer dimension is a list by its annotation; as it reads any other where it has none. */
    MemberType readList(TypeMirror type) {
        return type instanceof ArrayType array && isRows(array.getComponentType()) ? MemberType.ARRAYS : read(type);
    }

    @Override
    public MemberType visitError(ErrorType type, Void none) {
        // of another processor's, which may come
        return modules.isPending(type) ? MemberType.MODULE : MemberType.OPEN;
    }

    @Override
    public MemberType visitTypeVariable(TypeVariable type, Void none) {
        MemberType bound = once(type, () -> read(type.getUpperBound()));
        return switch (bound) {
            // seen through a wildcard, such a field cannot be assigned
            case TENSOR, OPTIONAL_TENSOR -> MemberType.UNNAMEABLE_STATE;
            case OPTIONAL_ARRAY, PRIMITIVE -> MemberType.OTHER;
            case TEXT, TEXT_MAP -> MemberType.OTHER;
            default -> bound;
        };
    }

    @Override
    public MemberType visitIntersection(IntersectionType type, Void none) {
        MemberType found = MemberType.OTHER;
        for (TypeMirror bound : type.getBounds()) {
            MemberType read = read(bound);
            if (read.isState()) {
                return read;
            }
            found = read == MemberType.OPEN ? read : found;
        }
        return found;
    }

    @Override
    public MemberType visitWildcard(WildcardType type, Void none) {
        if (type.getExtendsBound() != null) {
            return read(type.getExtendsBound());
        }
        boolean takesState =
                type.getSuperBound() != null && read(type.getSuperBound()).isState();
        return takesState ? MemberType.UNNAMEABLE_STATE : MemberType.OPEN;
    }

    @Override
    public MemberType visitDeclared(DeclaredType type, Void none) {
        TypeElement element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        if (name.equals(RuntimeNames.TENSOR)) {
            return MemberType.TENSOR;
        }
        if (BOXED.contains(name)) {
            return MemberType.PRIMITIVE;
        }
        if (name.equals(STRING)) {
            return MemberType.TEXT;
        }
        if (name.equals(RuntimeNames.STATE_DICT)) {
            return MemberType.OTHER;
        }
        if (modules.isModule(element)) {
            return MemberType.MODULE;
        }
        if (modules.isAsTensor(element)) {
            return MemberType.AS_TENSOR;
        }
        ContainerTypes.View view = containers.view(type);
        return once(type, () -> view == null ? other(type, element) : container(type, view));
    }

    /** A type that is neither state nor a container, but may be about state, or hold it. */
    private MemberType other(DeclaredType type, TypeElement element) {
        boolean open = OpenTypes.mayHoldModule(element);
        if (!OpenTypes.holdsNothing(element)
                && type.getTypeArguments().stream()
                        .anyMatch(argument -> read(argument).isState())) {
            return open ? MemberType.STATE_ARGUMENT : MemberType.UNNAMEABLE_STATE;
        }
        return open ? MemberType.OPEN : MemberType.OTHER;
    }

    /**
     * Reads a type that is met again on the way down as nothing. Types are told apart by their text: to the compiler, a
     * type that does not exist yet is the same as any other.
     */
    private MemberType once(TypeMirror type, Supplier<MemberType> reading) {
        String text = type.toString();
        if (beingRead.size() == DEEPEST || !beingRead.add(text)) {
            return MemberType.OTHER;
        }
        MemberType read = reading.get();
        beingRead.remove(text);
        return read;
    }

    private MemberType container(DeclaredType type, ContainerTypes.View view) {
        List<? extends TypeMirror> arguments = view.type().getTypeArguments();
        if (arguments.isEmpty()) {
            return MemberType.RAW_CONTAINER;
        }
        MemberType first = read(arguments.get(0));
        return switch (view.kind()) {
            case LIST -> listOf(first);
            case OPTIONAL -> optionalOf(first, arguments.get(0));
            case COLLECTION -> first.isState() ? MemberType.UNNAMEABLE_STATE : openOr(first);
            case MAP -> mapOf(type, view.type(), first, read(arguments.get(1)));
        };
    }

    private static MemberType listOf(MemberType element) {
        return switch (element) {
            case TENSOR, AS_TENSOR -> MemberType.TENSORS;
            // only boxed ones come here
            case ARRAY, PRIMITIVE -> MemberType.ARRAYS;
            case MODULE, OPTIONAL_MODULE, MODULES -> MemberType.MODULES;
            case OPTIONAL_TENSOR, TENSORS, UNNAMEABLE_STATE, STATE_ARGUMENT -> MemberType.UNNAMEABLE_STATE;
            case OPEN -> MemberType.OPEN;
            case RAW_CONTAINER -> MemberType.RAW_CONTAINER;
            case OPTIONAL_ARRAY, ARRAYS, TEXT, TEXT_MAP, OTHER -> MemberType.OTHER;
        };
    }

    private static MemberType optionalOf(MemberType value, TypeMirror argument) {
        return switch (value) {
            // a loaded Optional<Tensor> does not fit an Optional<? extends Tensor> that is seen through a wildcard
            case TENSOR ->
                argument.getKind() == TypeKind.DECLARED ? MemberType.OPTIONAL_TENSOR : MemberType.UNNAMEABLE_STATE;
            case AS_TENSOR -> MemberType.AS_TENSOR;
            case ARRAY -> argument.getKind() == TypeKind.ARRAY ? MemberType.OPTIONAL_ARRAY : MemberType.OTHER;
            case PRIMITIVE -> argument.getKind() == TypeKind.DECLARED ? MemberType.PRIMITIVE : MemberType.OTHER;
            case MODULE -> MemberType.OPTIONAL_MODULE;
            // no visitor is told of an optional list of them
            case ARRAYS -> MemberType.OTHER;
            default -> listOf(value);
        };
    }

    private static MemberType mapOf(DeclaredType type, DeclaredType view, MemberType key, MemberType value) {
        boolean namedByText = view.getTypeArguments().get(0).getKind() == TypeKind.DECLARED && key == MemberType.TEXT;
        if (namedByText) {
            boolean exact = type.asElement().equals(view.asElement())
                    && view.getTypeArguments().get(1).getKind() == TypeKind.DECLARED;
            return value == MemberType.TEXT && exact ? MemberType.TEXT_MAP : listOf(value);
        }
        return key.isState() || value.isState() ? MemberType.UNNAMEABLE_STATE : openOr(key, value);
    }

    private static MemberType openOr(MemberType... held) {
        return List.of(held).contains(MemberType.OPEN) ? MemberType.OPEN : MemberType.OTHER;
    }
}
