package dev.statedict.cli;

import dev.statedict.StateDictSchema;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where schemas are found: in a directory, a class output or a lock, or on a class path. No class is loaded. */
final class SchemaSource {
    private static final String RESOURCES = "META-INF/statedict/";
    private static final String EXTENSION = ".json";

    /** The classes that a schema refers to. */
    private static final Pattern REFERENCE = Pattern.compile("\"(?:module|superclass)\": *\"([^\"]+)\"");

    private SchemaSource() {}

    static StateDictSchema ofClassPath(String classPath, String className) throws InputException, IOException {
        List<URL> places = new ArrayList<>();
        for (String place : classPath.split(File.pathSeparator, -1)) {
            if (!Files.exists(Path.of(place))) {
                throw new InputException(
                        "no such directory or jar: " + place + "; give --class-path what has the classes");
            }
            places.add(Path.of(place).toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new), null)) {
            return read(className, loader);
        }
    }

    static StateDictSchema ofDirectory(Path directory, @Nullable String className) throws InputException, IOException {
        if (!Files.isDirectory(directory)) {
            throw new InputException(
                    directory + " is no directory; give --schema a class output, or a directory of locks");
        }
        Path output = directory.resolve(RESOURCES);
        Path schemas = Files.isDirectory(output) ? output : directory;
        return read(className == null ? onlyRoot(schemas) : className, new ClassLoader(null) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                Path file = schemas.resolve(name.substring(RESOURCES.length()));
                try {
                    return Files.exists(file) ? Files.newInputStream(file) : null;
                } catch (IOException unreadable) {
                    return null;
                }
            }
        });
    }

    private static StateDictSchema read(String className, ClassLoader loader) throws InputException {
        try {
            return StateDictSchema.of(className, loader);
        } catch (IllegalArgumentException absent) {
            throw new InputException(String.valueOf(absent.getMessage()));
        }
    }

    /** The one class that is no other's submodule or superclass. */
    private static String onlyRoot(Path schemas) throws InputException, IOException {
        Set<String> roots = new TreeSet<>();
        Set<String> referred = new TreeSet<>();
        try (Stream<Path> files = Files.list(schemas)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(EXTENSION)).toList()) {
                String name = file.getFileName().toString();
                String own = name.substring(0, name.length() - EXTENSION.length());
                roots.add(own);
                Matcher reference = REFERENCE.matcher(Files.readString(file));
                while (reference.find()) {
                    if (!reference.group(1).equals(own)) {
                        referred.add(reference.group(1));
                    }
                }
            }
        }
        roots.removeAll(referred);
        if (roots.isEmpty()) {
            throw new InputException(schemas + " has no schema; give --schema a class output, or a directory of locks");
        }
        if (roots.size() > 1) {
            throw new InputException(schemas + " has several models; give --class one of: "
                    + roots.stream().limit(10).collect(Collectors.joining(", ")));
        }
        return roots.iterator().next();
    }
}
