package io.flamenco.manager.login;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys with which tokens may be signed. A snapshot: it never changes. */
public record TrustedKeys(List<PublicKey> keys) {

    /** Nobody is trusted. */
    public static final TrustedKeys NONE = new TrustedKeys(List.of());

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int P256_BITS = 256;

    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /** The keys of the curve P-256 in the PEM blocks of a text; what is no such key or stands outside of blocks is ignored. */
    public static TrustedKeys parse(String pem) {
        List<PublicKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            key(block.group(1), block.group(2)).filter(TrustedKeys::isOfP256).ifPresent(keys::add);
        }
        return new TrustedKeys(keys);
    }

    /** These keys and those. */
    public TrustedKeys and(TrustedKeys others) {
        List<PublicKey> both = new ArrayList<>(keys);
        both.addAll(others.keys);
        return new TrustedKeys(both);
    }

    /** Whether one of the keys made the signature of 64 bytes over the text. */
    boolean signed(byte[] text, byte[] signature) {
        return keys.stream().anyMatch(key -> signed(key, text, signature));
    }

    private static boolean signed(PublicKey key, byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static boolean isOfP256(PublicKey key) {
        return key instanceof ECPublicKey curve && curve.getParams().getOrder().bitLength() == P256_BITS;
    }

    /** Empty for a block of another kind: those beside it may be fine. */
    private static Optional<PublicKey> key(String kind, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return Optional.of(
                    kind.equals("CERTIFICATE")
                            ? CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(bytes))
                                    .getPublicKey()
                            : KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
