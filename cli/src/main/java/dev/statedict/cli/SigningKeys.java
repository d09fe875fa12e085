package dev.statedict.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys of Ed25519 in PEM, as {@code openssl} writes them. */
final class SigningKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final int LONGEST = 1 << 16;

    private SigningKeys() {}

    static PrivateKey privateKey(Path file) throws IOException, InputException {
        byte[] encoded = encoded(file, "PRIVATE KEY");
        if (encoded != null) {
            try {
                return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException other) {
                // told below
            }
        }
        throw new InputException(file + " holds no private key of Ed25519 in PEM; make one: openssl genpkey -algorithm"
                + " ed25519 -out private.pem");
    }

    static PublicKey publicKey(Path file) throws IOException, InputException {
        byte[] encoded = encoded(file, "PUBLIC KEY");
        if (encoded != null) {
            try {
                return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException other) {
                // told below
            }
        }
        throw new InputException(
                file + " holds no public key of Ed25519 in PEM; make it of the private one: openssl pkey"
                        + " -in private.pem -pubout -out public.pem");
    }

    private static byte @Nullable [] encoded(Path file, String kind) throws IOException {
        if (Files.size(file) > LONGEST) {
            return null;
        }
        Matcher pem = PEM.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        while (pem.find()) {
            if (pem.group(1).equals(kind)) {
                return Base64.getMimeDecoder().decode(pem.group(2));
            }
        }
        return null;
    }
}
