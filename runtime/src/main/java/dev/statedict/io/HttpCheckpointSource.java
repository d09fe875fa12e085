package dev.statedict.io;

import dev.statedict.io.http.RangeReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;

/**
 * A checkpoint on a server, of which no more is fetched than is read: the header, and the tensors that are asked for.
 *
 * {@snippet class="com.example.Sources" region="http"}
 *
 * <p>A connection that breaks off is taken up again where it broke, and so is one on which nothing comes for 30 seconds, or
 * as long as the timeout of one's own request says. A file that changes meanwhile, by its {@code ETag} or its size, is an
 * error, never a mixture of two. A server that knows no ranges sends the whole file, which is then held in memory up to
 * 64 MB, else in a temporary file, until it is closed.
 *
 * <p>This class alone needs the module {@code java.net.http}: everything else here works in a runtime image without it.
 */
public final class HttpCheckpointSource implements CheckpointSource {
    /** A client has threads and connections, and no end of its own; so all files have one. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(RangeReader.PATIENCE)
                .build();
    }

    private final RangeReader file;

    private HttpCheckpointSource(RangeReader file) {
        this.file = file;
    }

    /**
     * Opens a file on a server, by a client that follows redirects.
     *
     * @param uri of {@code http} or {@code https}
     * @return the file
     * @throws FileNotFoundException when there is none, by the server's word
     * @throws IOException when the server cannot be reached, falls silent, or refuses
     * @throws IllegalArgumentException when the URI is none of HTTP
     */
    public static HttpCheckpointSource open(URI uri) throws IOException {
        return open(Shared.CLIENT, HttpRequest.newBuilder(uri).build());
    }

    /**
     * Opens a file on a server, by a client and with headers of one's own.
     *
     * @param client knows proxies, certificates, redirects; not closed
     * @param request what each request begins as: its URI, its headers such as {@code Authorization}, and its timeout, which
     *     is how long the server may send nothing, before an answer as in the midst of one; 30 seconds where it has none.
     *     After four attempts a read fails
     * @return the file
     * @throws FileNotFoundException when there is none, by the server's word
     * @throws IOException when the server cannot be reached, falls silent, or refuses
     */
    public static HttpCheckpointSource open(HttpClient client, HttpRequest request) throws IOException {
        return new HttpCheckpointSource(RangeReader.open(client, request));
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public void willRead(long position, long count) {
        file.willRead(position, count);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
