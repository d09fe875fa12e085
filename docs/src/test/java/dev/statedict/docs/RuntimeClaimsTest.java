package dev.statedict.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.statedict.Stateful;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says of the runtime as a whole. */
class RuntimeClaimsTest {
    @Test
    void noClassOfTheRuntimeReflects() {
        JavaClasses runtime = new ClassFileImporter()
                .withImportOption(where -> where.contains("runtime"))
                .importPackages("dev.statedict");

        assertThat(runtime).hasSizeGreaterThan(50);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .check(runtime);
    }

    @Test
    void theRuntimeRequiresNothing() throws URISyntaxException {
        ModuleDescriptor module =
                ModuleFinder.of(location()).find("dev.statedict").orElseThrow().descriptor();

        assertThat(module.requires())
                .filteredOn(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("java.base");
    }

    @Test
    void itsJarIsAsLargeAsTheReadmeSays() throws IOException, URISyntaxException {
        assumeTrue(Files.isRegularFile(location()), "the runtime is a directory of classes until it is packaged");
        Matcher size = Pattern.compile("one jar of less than (\\d+) KB").matcher(Page.text("README.md"));
        assertThat(size.find()).isTrue();

        long kilobytes = Files.size(location()) / 1000;

        assertThat(kilobytes).isBetween(Long.parseLong(size.group(1)) * 3 / 4, Long.parseLong(size.group(1)));
    }

    private static Path location() throws URISyntaxException {
        return Path.of(Stateful.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
