package io.flamenco.shared.https.blocking;

import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A pair of keys that we made ourselves, for elliptic curves (P-256), in one file for its owner only. */
final class KeyFile {

    private KeyFile() {}

    /** The pair in the file; a new one is made when there is no such file. */
    static KeyPair readOrMake(Path file) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        KeyPair made = make();
        SecretFiles.write(
                file,
                PemFiles.block("PRIVATE KEY", made.getPrivate().getEncoded())
                        + PemFiles.block("PUBLIC KEY", made.getPublic().getEncoded()));
        return made;
    }

    /** A new pair. */
    static KeyPair make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has the curve P-256", e);
        }
    }

    private static KeyPair read(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(PemFiles.text(file)))) {
            if (parser.readObject() instanceof PrivateKeyInfo key
                    && parser.readObject() instanceof SubjectPublicKeyInfo known) {
                return new KeyPair(converter.getPublicKey(known), converter.getPrivateKey(key));
            }
        } catch (IllegalStateException malformed) {
            throw damaged(file);
        }
        throw damaged(file);
    }

    private static IOException damaged(Path file) {
        return new IOException("The key file " + file + " is damaged; put it back from a backup, or delete it to have a"
                + " new key made, whose fingerprint then is another one.");
    }
}
