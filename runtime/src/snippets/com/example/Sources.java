package com.example;

import dev.statedict.StateDict;
import dev.statedict.io.Checkpoint;
import dev.statedict.io.CheckpointSource;
import dev.statedict.io.Checkpoints;
import dev.statedict.io.HttpCheckpointSource;
import dev.statedict.io.ReadOptions;
import dev.statedict.io.WriteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Checkpoints that are no files, and signed ones. */
final class Sources {
    private Sources() {}

    /** What a store of one's own hands out. */
    interface Blob {
        String id();

        long length();

        int read(long position, ByteBuffer target) throws IOException;
    }

    // @start region="source"
    record BlobSource(Blob blob) implements CheckpointSource {
        @Override
        public long size() {
            return blob.length();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return blob.read(position, target);
        }

        @Override
        public String name() {
            return "blob " + blob.id();
        }
    }
    // @end

    static void http(URI uri) throws IOException {
        // @start region="http"
        try (Checkpoint checkpoint = Checkpoints.open(HttpCheckpointSource.open(uri))) {
            checkpoint.tensor("fc.weight"); // two or three requests, however large the file
        }
        // @end
    }

    static StateDict resource() throws IOException {
        // @start region="resource"
        StateDict dict = Checkpoints.load(Linear.class, "linear.safetensors");
        // @end
        return dict;
    }

    static StateDict signed(StateDict dict, Path path) throws IOException, GeneralSecurityException {
        // @start region="signed"
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Checkpoints.save(path, dict, WriteOptions.defaults().withSigner(keys.getPrivate()));
        StateDict ours = Checkpoints.load(path, ReadOptions.defaults().withVerification(keys.getPublic()));
        // @end
        return ours;
    }
}
