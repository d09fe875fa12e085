package dev.statedict.io;

import dev.statedict.io.file.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ranges of one file, asked of a server, and what its answers say. Each request is one attempt. */
final class HttpRanges {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    static final int OK = 200;
    private static final int PARTIAL = 206;
    static final int NO_SUCH_RANGE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

    /** What an answer says of the whole file. */
    record Version(long size, @Nullable String tag) {}

    /** An answer that asking again would not better. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final HttpClient client;
    private final HttpRequest request;
    private final String name;

    HttpRanges(HttpClient client, HttpRequest request) {
        this.client = client;
        this.request = request;
        this.name = withoutSecrets(request.uri());
    }

    /** A query may be a signature, and messages go to logs. */
    private static String withoutSecrets(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    String name() {
        return name;
    }

    /** Asks for bytes, the last excluded. */
    HttpResponse<InputStream> send(long position, long end) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request, (header, value) -> true).GET();
        if (request.timeout().isEmpty()) {
            builder.timeout(TIMEOUT);
        }
        builder.setHeader("Range", "bytes=" + position + "-" + (end - 1));
        HttpResponse<InputStream> response;
        try {
            response = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        int status = response.statusCode();
        if (status == OK || status == PARTIAL || status == NO_SUCH_RANGE) {
            return response;
        }
        response.body().close();
        String answer = name + ": the server answers HTTP " + status;
        switch (status) {
            case 404, 410 -> throw new FileNotFoundException(answer);
            case 401, 403 ->
                throw new Refused(answer + "; give a request with the header Authorization, by"
                        + " HttpCheckpointSource.open(client, request)");
            case 408, 429, 500, 502, 503, 504 -> throw new IOException(answer);
            default -> throw new Refused(answer);
        }
    }

    /** The bytes that an answer holds, the last excluded. */
    record Range(long start, long end) {}

    Range range(HttpResponse<?> response, long position) throws Refused {
        Matcher range = contentRange(response);
        if (range.group(1) == null || Long.parseLong(range.group(1)) != position) {
            throw new Refused(name + ": asked for bytes from offset " + position + " on, the server answers "
                    + Names.quote(range.group()));
        }
        return new Range(position, Long.parseLong(range.group(2)) + 1);
    }

    /** What an answer says of the whole file; a refused range says no tag, and so leaves the one that is known. */
    Version version(HttpResponse<?> response, Version known) throws Refused {
        // a weak tag says that two are as good as each other, not that they are the same
        String tag = response.headers()
                .firstValue("ETag")
                .filter(value -> !value.startsWith("W/"))
                .orElse(null);
        return new Version(
                Long.parseLong(contentRange(response).group(3)),
                response.statusCode() == NO_SUCH_RANGE ? known.tag : tag);
    }

    private Matcher contentRange(HttpResponse<?> response) throws Refused {
        String header = response.headers().firstValue("Content-Range").orElse("");
        Matcher range = CONTENT_RANGE.matcher(header);
        if (!range.matches()) {
            throw new Refused(name + ": the server answers a range with Content-Range " + Names.quote(header)
                    + ", which tells no size; download the file, or load it from a stream");
        }
        return range;
    }

    InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(name + ": interrupted while it was read");
    }
}
