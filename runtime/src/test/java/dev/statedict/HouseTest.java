package dev.statedict;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the house: which package may know which, and what of them users see. */
class HouseTest {
    private static final String FACE = "dev.statedict";
    private static final Path CLASSES = classFiles();
    private static final JavaClasses HOUSE = new ClassFileImporter().importPath(CLASSES);
    private static final Set<String> EXPORTED = exported();

    private static Path classFiles() {
        try {
            return Path.of(StateDict.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> exported() {
        return ModuleFinder.of(CLASSES).find("dev.statedict").orElseThrow().descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void usersSeeSixPackages() {
        assertThat(EXPORTED)
                .containsExactly(
                        "dev.statedict",
                        "dev.statedict.arithmetic",
                        "dev.statedict.evaluation",
                        "dev.statedict.inspect",
                        "dev.statedict.io",
                        "dev.statedict.tensor");
    }

    @ParameterizedTest
    @CsvSource({
        "codec, json",
        "tensor.access, codec",
        "tensor, tensor.access tensor.vector codec",
        "text, ''",
        "json, ''",
        "storage, tensor tensor.access",
        "tree, . tensor tensor.access text storage",
        "load, . tensor tensor.access text storage tree codec json",
        "schema, . tensor tensor.access text json tree load",
        "values, . tensor tensor.access text storage tree",
        "., tensor tensor.access text event storage tree load schema values codec",
        "arithmetic, . tensor tensor.access text tree values",
        "evaluation, . tensor",
        "inspect, . tensor storage tree",
    })
    void aRoomKnowsTheRoomsBelowItAlone(String room, String below) {
        List<String> known = new ArrayList<>(List.of("java..", "org.jspecify..", packageOf(room)));
        Arrays.stream(below.split(" ")).filter(name -> !name.isEmpty()).forEach(name -> known.add(packageOf(name)));

        classes()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known.toArray(String[]::new))
                .check(HOUSE);
    }

    private static String packageOf(String room) {
        return room.equals(".") ? FACE : FACE + '.' + room;
    }

    @Test
    void theRoomForEventsAloneKnowsTheFlightRecorder() {
        classes()
                .that()
                .resideInAPackage(FACE + ".event")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "jdk.jfr", "org.jspecify..", FACE + ".event", FACE + ".tensor")
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackages(FACE + ".event", FACE + ".tensor.vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk..")
                .check(HOUSE);
    }

    /** Its module is an incubator's, which few JVMs have: one class asks whether it is there before it names the room. */
    @Test
    void theRoomForVectorsAndOneClassAloneKnowTheVectorApi() {
        classes()
                .that()
                .resideInAPackage(FACE + ".tensor.vector")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "jdk.incubator.vector",
                        "org.jspecify..",
                        packageOf("tensor.access"),
                        packageOf("tensor.vector"))
                .check(HOUSE);
        noClasses()
                .that()
                .resideOutsideOfPackage(FACE + ".tensor.vector")
                .and()
                .doNotHaveFullyQualifiedName(FACE + ".tensor.VectorApi")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FACE + ".tensor.vector")
                .check(HOUSE);
    }

    /** The module of the HTTP client may be missing, and then these classes are never loaded. */
    @Test
    void oneClassAndItsRoomAloneKnowTheHttpClient() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(HttpCheckpointSource|io\\.http\\.\\w+)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(HOUSE);
    }

    /** The faces alone are longer, by their Javadoc. */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "../processor/src/main/java"})
    void noFileHasMoreThan300LinesOfCode(Path folder) throws IOException {
        try (Stream<Path> sources = Files.walk(folder)) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(codeLines(file)).as("%s", file).isLessThanOrEqualTo(300));
        }
    }

    private static long codeLines(Path file) throws IOException {
        String code = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL)
                .matcher(Files.readString(file))
                .replaceAll("");
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("import "))
                .count();
    }

    @Test
    void nothingButFilesKnowsFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackage(FACE + ".io..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FACE + ".io..")
                .check(HOUSE);
    }

    /** The methods of {@link Stateful} and {@link StateDict} call the rooms that work on what is one. */
    @Test
    void packagesHaveNoCycleButThatOfTheFaceAndTheRoomsBehindIt() {
        slices().assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        are(resideInAnyPackage(FACE + ".tree", FACE + ".load", FACE + ".schema", FACE + ".values")),
                        are(resideInAPackage(FACE)))
                .check(HOUSE);
    }

    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    @Test
    void noSignatureThatUsersSeeNamesWhatTheyDoNot() {
        List<String> hidden = new ArrayList<>();
        for (JavaClass type : HOUSE) {
            if (EXPORTED.contains(type.getPackageName()) && isSeen(type)) {
                type.getRawSuperclass().ifPresent(superclass -> collectHidden(type.getName(), superclass, hidden));
                type.getInterfaces().forEach(face -> collectHidden(type.getName(), face, hidden));
                for (JavaCodeUnit method : type.getCodeUnits()) {
                    if (isSeen(method.getModifiers())) {
                        collectHidden(method.getFullName(), method.getReturnType(), hidden);
                        method.getParameterTypes()
                                .forEach(parameter -> collectHidden(method.getFullName(), parameter, hidden));
                        method.getExceptionTypes()
                                .forEach(thrown -> collectHidden(method.getFullName(), thrown, hidden));
                    }
                }
                for (JavaField field : type.getFields()) {
                    if (isSeen(field.getModifiers())) {
                        collectHidden(field.getFullName(), field.getType(), hidden);
                    }
                }
            }
        }
        assertThat(hidden).isEmpty();
    }

    private static void collectHidden(String where, JavaType type, List<String> hidden) {
        for (JavaClass raw : type.getAllInvolvedRawTypes()) {
            JavaClass base = raw.getBaseComponentType();
            if (base.getPackageName().startsWith(FACE) && !EXPORTED.contains(base.getPackageName())) {
                hidden.add(where + " names " + base.getName());
            }
        }
    }

    private static boolean isSeen(JavaClass type) {
        return isSeen(type.getModifiers())
                && type.getEnclosingClass().map(HouseTest::isSeen).orElse(true);
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    @Test
    void theRoomsBehindTheFaceMayExtendTwoOfItsClasses() {
        List<String> permits = HOUSE.stream()
                .filter(type -> EXPORTED.contains(type.getPackageName()))
                .map(JavaClass::reflect)
                .filter(Class::isSealed)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses())
                        .filter(permitted -> !EXPORTED.contains(permitted.getPackageName()))
                        .map(permitted -> type.getSimpleName() + " permits " + permitted.getName()))
                .sorted()
                .toList();

        assertThat(permits)
                .containsExactly(
                        "StateAssigner permits dev.statedict.load.MemberAssigner",
                        "StateVisitor permits dev.statedict.tree.MemberVisitor");
    }

    @Test
    void theFaceIsSmall() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/statedict"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(35);
        }
    }

    @Test
    void everyHiddenPackageSaysThatItIs() throws IOException {
        for (Path packageInfo : packageInfos(Path.of("src/main/java"))) {
            if (!EXPORTED.contains(packageName(packageInfo))) {
                assertThat(Files.readString(packageInfo))
                        .as(packageInfo.toString())
                        .contains("Internal: ");
            }
        }
    }

    @Test
    void theMapForContributorsNamesEveryPackage() throws IOException {
        String map = Files.readString(Path.of("../CONTRIBUTING.md"));
        List<Path> packageInfos = new ArrayList<>(packageInfos(Path.of("src/main/java")));
        packageInfos.addAll(packageInfos(Path.of("../processor/src/main/java")));

        assertThat(packageInfos).hasSizeGreaterThan(15);
        assertThat(packageInfos)
                .allSatisfy(packageInfo -> assertThat(map).contains("| `" + packageName(packageInfo) + "` |"));
    }

    private static List<Path> packageInfos(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static String packageName(Path packageInfo) throws IOException {
        return Files.readAllLines(packageInfo).stream()
                .filter(line -> line.startsWith("package "))
                .map(line -> line.substring("package ".length(), line.length() - 1))
                .findFirst()
                .orElseThrow();
    }
}
