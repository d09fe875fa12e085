package dev.statedict.io.http;

import dev.statedict.io.file.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a server for ranges of one file, and tells what its answers mean. */
final class Ranges {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NO_SUCH_RANGE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

    /** An answer that asking again would not better. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** What an answer says of the whole file. */
    record Version(long size, @Nullable String tag) {}

    private final HttpClient client;
    private final HttpRequest request;
    private final String name;
    private final Duration patience;

    Ranges(HttpClient client, HttpRequest request, Duration patience) {
        this.client = client;
        this.request = request;
        this.name = withoutSecrets(request.uri());
        this.patience = request.timeout().orElse(patience);
    }

    /** A query may be a signature, and messages go to logs. */
    private static String withoutSecrets(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    /** What the file is called in messages. */
    String name() {
        return name;
    }

    /** An answer: of the range that was asked for, of the whole file, or that there is no such range. */
    final class Answer {
        private final HttpResponse<BodyStream> response;
        private final long position;

        private Answer(HttpResponse<BodyStream> response, long position) {
            this.response = response;
            this.position = position;
        }

        BodyStream body() {
            return response.body();
        }

        boolean isWhole() {
            return response.statusCode() == OK;
        }

        boolean isNoSuchRange() {
            return response.statusCode() == NO_SUCH_RANGE;
        }

        /** Where the bytes end that it holds. */
        long end() throws Refused {
            Matcher range = contentRange();
            if (range.group(1) == null || Long.parseLong(range.group(1)) != position) {
                throw new Refused(name + ": asked for bytes from offset " + position + " on, the server answers "
                        + Names.quote(range.group()));
            }
            return Long.parseLong(range.group(2)) + 1;
        }

        /** What it says of the whole file, given what is known. */
        Version version(Version known) throws Refused {
            // a weak tag says that two are as good as each other, not that they are the same
            String tag = response.headers()
                    .firstValue("ETag")
                    .filter(value -> !value.startsWith("W/"))
                    .orElse(null);
            return new Version(Long.parseLong(contentRange().group(3)), isNoSuchRange() ? known.tag : tag);
        }

        private Matcher contentRange() throws Refused {
            String header = response.headers().firstValue("Content-Range").orElse("");
            Matcher range = CONTENT_RANGE.matcher(header);
            if (!range.matches()) {
                throw new Refused(name + ": the server answers a range with Content-Range " + Names.quote(header)
                        + ", which tells no size; download the file, or load it from a stream");
            }
            return range;
        }
    }

    /**
     * Asks for a range.
     *
     * @param position its first byte
     * @param end the byte behind its last
     * @return the answer, whose body is to be closed
     * @throws IOException when there is none, or one that another try may better
     * @throws Refused when it is another one
     * @throws FileNotFoundException when there is no such file
     */
    Answer ask(long position, long end) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request, (header, value) -> true).GET().timeout(patience);
        builder.setHeader("Range", "bytes=" + position + "-" + (end - 1));
        HttpResponse<BodyStream> response;
        try {
            response = client.send(builder.build(), head -> new BodyStream(patience));
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        int status = response.statusCode();
        if (status == OK || status == PARTIAL || status == NO_SUCH_RANGE) {
            return new Answer(response, position);
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

    /** What ends a read whose thread is interrupted, and remains so. */
    InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(name + ": interrupted while it was read");
    }
}
