package dev.statedict.processor.read;

import dev.statedict.processor.model.Member;
import dev.statedict.processor.model.ModuleHistory;
import dev.statedict.processor.model.Place;
import dev.statedict.processor.model.RetiredKeys;
import dev.statedict.processor.model.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads what module classes say of their past. */
final class HistoryReader {
    // retired keys are held against what lies below submodules: so far, and no further
    private static final int DEEPEST = 4;

    private final ModuleTypes modules;
    private final MemberReader members;
    private final SubmoduleClasses submodules;
    private final FormerKeys formerKeys;
    private final MigrationReader migrations;

    HistoryReader(
            ModuleTypes modules,
            MemberReader members,
            SubmoduleClasses submodules,
            MembersByKey byKey,
            ContainerTypes containers) {
        this.modules = modules;
        this.members = members;
        this.submodules = submodules;
        this.formerKeys = new FormerKeys(modules, members, byKey);
        this.migrations = new MigrationReader(containers);
    }

    ModuleHistory read(TypeElement module) {
        List<RetiredKeys> retired = retired(module);
        List<String> keysBelow = new ArrayList<>();
        if (!retired.isEmpty()) {
            addKeysBelow(module, "", 0, keysBelow);
        }
        return new ModuleHistory(
                version(module),
                versionPlace(module),
                retired,
                keysBelow,
                formerKeys.ofTies(module),
                migrations.declaredBy(module));
    }

    /** The version of a class's state. A class that adds nothing to its superclass's state has that state's version. */
    int version(TypeElement module) {
        TypeElement parent = modules.parentOf(module);
        return parent == null || addsState(module) ? Annotations.number(writtenVersion(module), 1) : version(parent);
    }

    /** Whether a class, or where it adds nothing its superclass, has a migration. */
    boolean migrates(TypeElement module) {
        TypeElement parent = modules.parentOf(module);
        return parent == null || addsState(module) ? read(module).migrates() : migrates(parent);
    }

    private boolean addsState(TypeElement module) {
        return Annotations.find(module, RuntimeNames.STATE_MODULE) != null
                || Annotations.find(module, RuntimeNames.RETIRED) != null
                || !members.read(module).isEmpty();
    }

    private static Place versionPlace(TypeElement module) {
        AnnotationValue version = writtenVersion(module);
        AnnotationMirror annotation = version == null ? null : Annotations.find(module, RuntimeNames.STATE_MODULE);
        return new Place(module, annotation, version);
    }

    private static @Nullable AnnotationValue writtenVersion(TypeElement module) {
        AnnotationMirror annotation = Annotations.find(module, RuntimeNames.STATE_MODULE);
        return annotation == null ? null : Annotations.written(annotation, "version");
    }

    /** What the class itself has retired. */
    static List<RetiredKeys> retired(TypeElement type) {
        AnnotationMirror annotation = Annotations.find(type, RuntimeNames.RETIRED);
        if (annotation == null) {
            return List.of();
        }
        String owner = ClassNames.of(type).display();
        return Annotations.writtenAll(annotation, "value").stream()
                .map(value -> new RetiredKeys(owner, Annotations.text(value), new Place(type, annotation, value)))
                .toList();
    }

    private void addKeysBelow(TypeElement module, String prefix, int depth, List<String> keys) {
        for (TypeElement type = module; type != null; type = modules.parentOf(type)) {
            for (Member member : members.read(type)) {
                if (depth > 0 && member.isVisited() && !member.type().isNested()) {
                    keys.add(prefix + member.key());
                }
                if (depth < DEEPEST && member.submodule() != null) {
                    addKeysOf(member, prefix, depth, keys);
                }
            }
        }
    }

    private void addKeysOf(Member submodule, String prefix, int depth, List<String> keys) {
        SubmoduleClasses.Found found =
                submodules.find(submodule.field().place().element().asType());
        if (found != null && found.listed()) {
            addKeysBelow(found.type(), prefix + submodule.key() + '.' + found.path(), depth + 1, keys);
        }
    }
}
