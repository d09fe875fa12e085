package dev.statedict.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links within the checkout lead to files that are there, and to headings that they have. */
class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static Stream<String> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("."))) {
            List<String> pages =
                    new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"));
            docs.map(page -> page.getFileName().toString())
                    .filter(page -> page.endsWith(".md"))
                    .map("docs/"::concat)
                    .forEach(pages::add);
            return pages.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(String page) {
        List<String> broken = LINK.matcher(withoutCode(page))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.matches("\\w+:.*"))
                .filter(link -> !leadsSomewhere(page, link))
                .toList();

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(String page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty()
                ? Path.of(page)
                : Path.of(page).resolveSibling(file).normalize();
        return Files.exists(ROOT.resolve(target))
                && (hash < 0 || anchors(target.toString().replace('\\', '/')).contains(link.substring(hash + 1)));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(String page) {
        return withoutCode(page)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String withoutCode(String page) {
        return CODE.matcher(Page.text(page)).replaceAll("");
    }
}
