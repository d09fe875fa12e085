package dev.statedict.io;

import dev.statedict.StateDict;
import dev.statedict.StoredType;
import dev.statedict.io.element.TensorDigest;
import dev.statedict.io.file.FormatException;
import dev.statedict.io.file.Names;
import dev.statedict.io.file.ReservedMetadata;
import dev.statedict.io.read.FileContent;
import dev.statedict.io.read.FileTensor;
import dev.statedict.io.write.StoredDict;
import dev.statedict.json.JsonWriter;
import dev.statedict.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of checkpoints, which lie in the metadata, whatever the format. What is signed is one text in an order of its
 * own: of each tensor key, type, shape and digest; the texts; versions and extra state. The elements are signed by way of
 * their digests, so that one tensor can be read and verified without the others.
 */
final class Signing {
    /** The metadata key of the signature. */
    static final String KEY = "statedict.signature";

    private static final String ALGORITHM = "Ed25519";
    private static final String PREFIX = "ed25519:";
    /** Which no other text that the key signs begins with, and which says how to read it. */
    private static final String CONTEXT = "dev.statedict checkpoint signature, version 1\n";

    /** Of an index it is computed, and says nothing about a tensor. */
    private static final String TOTAL_SIZE = "total_size";

    private Signing() {}

    /** Adds a signature to what is to be written. */
    static StoredDict sign(StoredDict dict, PrivateKey key) {
        Text text = new Text();
        dict.entries()
                .forEach(entry ->
                        text.tensor(entry.key(), entry.type(), entry.values().shape()));
        Map<String, String> metadata = new LinkedHashMap<>(dict.metadata());
        metadata.put(KEY, PREFIX + sign(text.bytes(dict.metadata(), dict.reserved()), key));
        return new StoredDict(dict.entries(), metadata, dict.reserved(), dict.possibleTies());
    }

    /** The metadata of a dict that is written as it is in memory, and a signature. */
    static Map<String, String> sign(StateDict dict, Map<String, String> metadata, PrivateKey key) {
        Text text = new Text();
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : dict.entrySet()) {
            StoredType type = StoredType.of(entry.getValue().elementType());
            text.tensor(entry.getKey(), type, entry.getValue().shape());
            digests.put(entry.getKey(), TensorDigest.of(entry.getValue(), type));
        }
        Map<String, String> signed = new LinkedHashMap<>(metadata);
        ReservedMetadata reserved = new ReservedMetadata(dict.versions(), dict.extraState(), digests);
        signed.put(KEY, PREFIX + sign(text.bytes(metadata, reserved), key));
        return signed;
    }

    private static String sign(byte[] text, PrivateKey key) {
        try {
            Signature signature = algorithm();
            signature.initSign(key);
            signature.update(text);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (InvalidKeyException | SignatureException refused) {
            throw new IllegalArgumentException("the key does not sign: " + refused.getMessage(), refused);
        }
    }

    /**
     * Checks that the header of a file is signed, and with it the digests by which each tensor is checked once it is read.
     *
     * @throws FormatException when it is not signed by one of the keys, or holds what no signature covers
     */
    static void verify(FileContent content, List<PublicKey> keys) throws FormatException {
        String signature = content.metadata().get(KEY);
        if (signature == null) {
            throw new FormatException("it is not signed, and only what one of the given keys has signed is to be read;"
                    + " sign it by WriteOptions.withSigner, or read it without ReadOptions.withVerification");
        }
        Text text = new Text();
        for (Map.Entry<String, FileTensor> entry : content.tensors().entrySet()) {
            if (!content.reserved().digests().containsKey(entry.getKey())) {
                throw new FormatException(
                        Names.quote(entry.getKey()) + " has no digest, so that the signature does not cover it");
            }
            text.tensor(
                    entry.getKey(),
                    entry.getValue().storage().type(),
                    entry.getValue().shape());
        }
        requireCovered(content);
        byte[] bytes = text.bytes(content.metadata(), content.reserved());
        for (PublicKey key : keys) {
            if (fits(signature, bytes, key)) {
                return;
            }
        }
        throw new FormatException("its signature fits " + (keys.size() == 1 ? "not the key" : "none of the keys")
                + " given: another key has signed it, or a name, shape, type, text or digest has changed since");
    }

    private static void requireCovered(FileContent content) throws FormatException {
        for (Map<String, ?> uncovered : List.of(content.values(), content.foreign())) {
            if (!uncovered.isEmpty()) {
                throw new FormatException("it holds what no signature covers: " + Names.list(uncovered.keySet()));
            }
        }
    }

    private static boolean fits(String text, byte[] signed, PublicKey key) {
        if (!text.startsWith(PREFIX)) {
            return false;
        }
        try {
            Signature signature = algorithm();
            signature.initVerify(key);
            signature.update(signed);
            return signature.verify(Base64.getDecoder().decode(text.substring(PREFIX.length())));
        } catch (InvalidKeyException | SignatureException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Refuses a key of another algorithm where it is given, and not when there is something to sign. */
    static <K extends Key> K requireEd25519(K key) {
        try {
            Signature signature = algorithm();
            if (key instanceof PrivateKey privateKey) {
                signature.initSign(privateKey);
            } else {
                signature.initVerify((PublicKey) key);
            }
            return key;
        } catch (InvalidKeyException other) {
            throw new IllegalArgumentException(
                    "checkpoints are signed by keys of Ed25519, not of " + key.getAlgorithm()
                            + "; make one by KeyPairGenerator.getInstance(\"Ed25519\")",
                    other);
        }
    }

    private static Signature algorithm() {
        try {
            return Signature.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException lacking) {
            throw new IllegalStateException(
                    "this Java runtime has no Ed25519; add the module jdk.crypto.ec to its image", lacking);
        }
    }

    /** What is signed, in the order of names, so that it does not depend on where things lie in a file. */
    private static final class Text {
        private final Map<String, String> tensors = new TreeMap<>(Names.UTF8_ORDER);

        void tensor(String key, StoredType type, int[] shape) {
            JsonWriter json = JsonWriter.compact().beginArray().value(type.name());
            for (int size : shape) {
                json.value(size);
            }
            tensors.put(key, json.endArray().toString());
        }

        /** Texts under the key of a tensor are how safetensors stores ties. */
        byte[] bytes(Map<String, String> metadata, ReservedMetadata reserved) {
            Map<String, String> texts = sorted(metadata);
            texts.keySet().removeAll(tensors.keySet());
            texts.keySet().removeAll(List.of(KEY, TOTAL_SIZE));
            JsonWriter json = JsonWriter.compact().beginObject();
            write(json.name("tensors"), tensors);
            write(json.name("metadata"), texts);
            Map<String, @Nullable Object> extraState = new TreeMap<>(Names.UTF8_ORDER);
            reserved.extraState().forEach((module, value) -> extraState.put(module, sorted(value)));
            json.name("reserved")
                    .value(new ReservedMetadata(sorted(reserved.versions()), extraState, sorted(reserved.digests()))
                            .toJson());
            return (CONTEXT + json.endObject()).getBytes(StandardCharsets.UTF_8);
        }

        private static void write(JsonWriter json, Map<String, String> texts) {
            json.beginObject();
            texts.forEach((name, text) -> json.name(name).value(text));
            json.endObject();
        }

        private static <V> Map<String, V> sorted(Map<String, V> map) {
            Map<String, V> sorted = new TreeMap<>(Names.UTF8_ORDER);
            sorted.putAll(map);
            return sorted;
        }

        private static @Nullable Object sorted(@Nullable Object extraState) {
            if (!(extraState instanceof Map<?, ?> texts)) {
                return extraState;
            }
            Map<String, String> sorted = new TreeMap<>(Names.UTF8_ORDER);
            texts.forEach((name, text) -> sorted.put((String) name, (String) text));
            return sorted;
        }
    }
}
