package dev.statedict.schema;

import dev.statedict.Role;
import dev.statedict.json.JsonException;
import dev.statedict.load.DeclaredShapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the schemas that the processor wrote beside the classes, and resolves them through superclasses and submodules. */
public final class SchemaResources {
    private final ClassLoader loader;
    // a module class may have itself as a submodule; deeper, the schema says no more
    private final Set<String> beingRead = new HashSet<>();

    private SchemaResources(ClassLoader loader) {
        this.loader = loader;
    }

    public static SchemaNode read(Class<?> moduleClass) {
        ClassLoader loader = moduleClass.getClassLoader();
        return read(moduleClass.getName(), loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    public static SchemaNode read(String binaryName, ClassLoader loader) {
        return new SchemaResources(loader).module(binaryName);
    }

    private SchemaNode module(String binaryName) {
        SchemaNode node = new SchemaNode();
        if (!beingRead.add(binaryName)) {
            node.markUnknown();
            return node;
        }
        if (addMembers(node, binaryName).migrates()) {
            node.markMigrating();
        }
        beingRead.remove(binaryName);
        return node;
    }

    /** The members of the class and of its superclasses; the order within a group is superclass first. */
    private ClassSchema addMembers(SchemaNode node, String binaryName) {
        ClassSchema schema = schema(binaryName);
        if (schema.superclass() != null) {
            addMembers(node, schema.superclass());
        }
        node.history().version(schema.version(), null);
        schema.retired().forEach(node.history()::retired);
        for (MemberSchema member : schema.members()) {
            member.formerly().forEach(oldName -> node.history().formerly(member.key(), oldName));
            node.history().addedIn(member.key(), member.addedIn());
            if (member.persistent()) {
                addMember(node, member);
            }
        }
        return schema;
    }

    private void addMember(SchemaNode node, MemberSchema member) {
        switch (member.kind()) {
            case PARAMETER -> addTensors(node, member, Role.PARAMETER);
            case BUFFER -> addTensors(node, member, Role.BUFFER);
            case COUNTER -> node.leaf(member.key(), new SchemaNode.Leaf(Role.COUNTER, member.type(), List.of(), false));
            case EXTRA_STATE -> node.leaf(member.key(), new SchemaNode.Leaf(null, member.type(), null, false));
            case SUBMODULE -> addSubmodule(node, member);
        }
        String tied = member.tiedKey();
        if (tied != null && member.tiedTo() != null) {
            node.ties().add(tied, member.tiedTo());
        }
    }

    private static void addTensors(SchemaNode node, MemberSchema member, Role role) {
        Integer dimensions = NumberTypes.dimensions(member.type());
        List<String> sizes = member.shape() == null && dimensions != null
                ? Collections.nCopies(dimensions, DeclaredShapes.ANY_SIZE)
                : member.shape();
        SchemaNode.Leaf leaf = new SchemaNode.Leaf(role, member.type(), sizes, member.optional() || member.container());
        if (member.container()) {
            node.child(member.key()).leaf(SchemaNode.ANY, leaf);
        } else {
            node.leaf(member.key(), leaf);
        }
    }

    private void addSubmodule(SchemaNode node, MemberSchema member) {
        SchemaNode module = submodule(member.module());
        if (member.container()) {
            node.child(member.key()).child(SchemaNode.ANY, module);
        } else {
            node.child(member.key(), module);
        }
        if (member.optional() || member.container()) {
            node.child(member.key()).markOptional();
        }
    }

    private SchemaNode submodule(@Nullable String binaryName) {
        if (binaryName != null) {
            return module(binaryName);
        }
        SchemaNode unknown = new SchemaNode();
        unknown.markUnknown();
        return unknown;
    }

    private ClassSchema schema(String binaryName) {
        String resource = ClassSchema.resourceName(binaryName);
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + resource + " on the class path of " + binaryName
                        + "; is it a @StateModule class, compiled with the statedict processor?");
            }
            return SchemaJson.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    resource + " is no schema: " + e.getMessage() + " (at byte " + e.offset() + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
