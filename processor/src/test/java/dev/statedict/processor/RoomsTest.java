package dev.statedict.processor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.statedict.processor.model.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The walls of the processor's rooms, as CONTRIBUTING.md draws them. */
class RoomsTest {
    private static final String HOME = "dev.statedict.processor";
    private static final JavaClasses PROCESSOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOME);

    @Test
    void onlyTheProcessorLeadsFromRoomToRoom() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("processor")
                .definedBy(HOME)
                .layer("read")
                .definedBy(HOME + ".read..")
                .layer("checks")
                .definedBy(HOME + ".checks..")
                .layer("schema")
                .definedBy(HOME + ".schema..")
                .layer("write")
                .definedBy(HOME + ".write..")
                .layer("model")
                .definedBy(HOME + ".model..")
                .whereLayer("processor")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("read")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("checks")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("write")
                .mayOnlyBeAccessedByLayers("processor")
                .whereLayer("model")
                .mayNotAccessAnyLayer());
    }

    @Test
    void noRoomsFormACircle() {
        check(slices().matching(HOME + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheWriterKnowsJavaPoet() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(HOME + ".write")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.palantir.javapoet.."));
    }

    @Test
    void onlyTheReaderKnowsElementsButForPlacesThatNobodyLooksInto() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HOME + ".checks", HOME + ".schema", HOME + ".write", HOME + ".model")
                .and()
                .doNotBelongToAnyOf(Place.class)
                .should()
                .dependOnClassesThat(resideInAPackage("javax.lang.model..")
                        // SourceVersion tells what an identifier is; Modifier is JavaPoet's word for public
                        .and(type(SourceVersion.class).or(type(Modifier.class)).negate())));
    }

    @Test
    void checksArePureFunctionsOfTheModel() {
        check(classes()
                .that()
                .resideInAPackage(HOME + ".checks")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                HOME + ".checks",
                                HOME + ".model",
                                "java.lang..",
                                "java.util..",
                                "java.nio.charset",
                                "dev.statedict.text",
                                "org.jspecify..")
                        .or(type(SourceVersion.class))));
    }

    @Test
    void theProcessorKnowsTheRuntimeByNameAlone() {
        check(noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.statedict", "dev.statedict.io..", "dev.statedict.tensor")));
    }

    @Test
    void theProcessorIsTheOnlyTypeThatIsMeantForOthers() {
        check(classes()
                .that()
                .resideInAPackage(HOME)
                .and()
                .doNotHaveFullyQualifiedName(StateDictProcessor.class.getName())
                .should()
                .notHaveModifier(JavaModifier.PUBLIC));
    }

    @Test
    void theMapOfTheHouseNamesEveryRoom() throws IOException {
        String map = Files.readString(Path.of("../CONTRIBUTING.md"));
        assertThat(PROCESSOR.stream().map(JavaClass::getPackageName).distinct())
                .hasSize(6)
                .allMatch(room -> map.contains('`' + room + '`'));
    }

    private static void check(ArchRule rule) {
        rule.check(PROCESSOR);
    }
}
