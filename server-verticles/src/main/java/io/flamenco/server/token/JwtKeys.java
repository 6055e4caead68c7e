package io.flamenco.server.token;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** The key pair of this Server. */
public final class JwtKeys {

    /** How long a token is good for. */
    public static final Duration GOOD_FOR = Duration.ofHours(4);

    /** Managers allow no difference between clocks, so a token begins a little earlier. */
    private static final Duration HEAD_START = Duration.ofSeconds(10);

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int PEM_LINE = 64;

    private final PrivateKey privateKey;
    private final String publicPem;
    private final Instant since;

    private JwtKeys(PrivateKey privateKey, String publicPem, Instant since) {
        this.privateKey = privateKey;
        this.publicPem = publicPem;
        this.since = since;
    }

    /**
     * Reads the keys, or makes them when there are none. Blocks.
     *
     * @param directory of the Server; gets {@code jwt-private.pem} and {@code jwt-public.pem}
     * @throws IOException when they can be neither read nor made, or do not fit each other
     */
    public static JwtKeys readOrMake(Path directory) throws IOException {
        Path privateFile = directory.resolve("jwt-private.pem");
        Path publicFile = directory.resolve("jwt-public.pem");
        try {
            if (!Files.exists(privateFile)) {
                make(privateFile, publicFile);
            }
            KeyFactory factory = KeyFactory.getInstance("EC");
            PrivateKey privateKey =
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(Files.readString(privateFile), PRIVATE)));
            String publicPem = Files.readString(publicFile).strip() + "\n";
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(decoded(publicPem, PUBLIC)));
            JwtKeys keys = new JwtKeys(
                    privateKey,
                    publicPem,
                    Files.getLastModifiedTime(publicFile).toInstant().truncatedTo(ChronoUnit.SECONDS));
            keys.prove(publicKey);
            return keys;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "The keys " + privateFile + " and " + publicFile
                            + " cannot be used; delete both to have new ones made.",
                    e);
        }
    }

    /** The public key as PEM, ended by one line break. */
    public String publicPem() {
        return publicPem;
    }

    /** When the keys were made, in whole seconds. */
    public Instant since() {
        return since;
    }

    /**
     * Whom a token is for.
     *
     * @param name of the user, for people
     */
    public record Holder(UserId user, String name, FarmRole role) {}

    /**
     * A token with which that user may use that Manager. Beside the claims of the Flamenco 2 protocol it has {@code name} and
     * {@code roles}, a list of one, which original Managers ignore.
     */
    public String token(ManagerId manager, Holder holder, Instant now) {
        Instant issued = now.minus(HEAD_START);
        JsonObject header = new JsonObject().put("alg", "ES256").put("typ", "JWT");
        JsonObject claims = new JsonObject()
                .put("aud", manager.hex())
                .put("sub", holder.user().hex())
                .put("name", holder.name())
                .put("roles", new JsonArray().add(holder.role().word()))
                .put("iat", issued.getEpochSecond())
                .put("exp", issued.plus(GOOD_FOR).getEpochSecond());
        String signed = encoded(header) + "." + encoded(claims);
        try {
            return signed + "." + base64(sign(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was proved at start does not sign", e);
        }
    }

    private byte[] sign(String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(privateKey);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }

    private void prove(PublicKey publicKey) throws GeneralSecurityException {
        String text = new BigInteger(1, publicKey.getEncoded()).toString();
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(publicKey);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        if (!signature.verify(sign(text))) {
            throw new GeneralSecurityException("the public key does not fit the private one");
        }
    }

    private static void make(Path privateFile, Path publicFile) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        SecretFiles.write(publicFile, pem(PUBLIC, pair.getPublic().getEncoded()));
        SecretFiles.write(privateFile, pem(PRIVATE, pair.getPrivate().getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static byte[] decoded(String pem, String kind) {
        String body = pem.replace("-----BEGIN " + kind + "-----", "").replace("-----END " + kind + "-----", "");
        return Base64.getMimeDecoder().decode(body);
    }

    private static String encoded(JsonObject json) {
        return base64(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
