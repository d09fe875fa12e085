package dev.statedict.io;

import dev.statedict.io.file.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What URLs lead to: resources, files, and what lies on servers. */
final class UrlFiles {
    /** The HTTP client is in a module that a runtime image may lack; then a server's file is read as any stream. */
    private static final boolean HAS_HTTP_CLIENT =
            ModuleLayer.boot().findModule("java.net.http").isPresent();

    private static final int PATIENCE_MILLIS = 30_000;

    private UrlFiles() {}

    static URL resource(Class<?> beside, String name) throws FileNotFoundException {
        URL url = beside.getResource(name);
        if (url != null) {
            return url;
        }
        String mend = beside.getModule().isNamed()
                ? "; if it is there, its module keeps its package closed: open that, or give " + beside.getSimpleName()
                        + ".class.getResource(...)"
                : "; a name without a slash lies in the class's own package, one with a slash before it at the root";
        throw new FileNotFoundException(
                "there is no resource " + Names.quote(name) + " beside " + beside.getName() + mend);
    }

    /** The file that a URL names; null for anything else. */
    static @Nullable Path path(URL url) {
        if (!url.getProtocol().equals("file")) {
            return null;
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException odd) {
            return null;
        }
    }

    /** What is read by position over HTTP; null for anything else. */
    static @Nullable CheckpointSource source(URL url) throws IOException {
        if (!HAS_HTTP_CLIENT || !url.getProtocol().matches("https?")) {
            return null;
        }
        try {
            return HttpCheckpointSource.open(new URI(url.toString()));
        } catch (URISyntaxException malformed) {
            throw new IOException(url + " is malformed: " + malformed.getReason(), malformed);
        }
    }

    static InputStream stream(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        // else a jar stays open until the process ends
        connection.setUseCaches(false);
        // of a server; without one it would be waited for without end
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection.getInputStream();
    }
}
