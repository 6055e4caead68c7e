package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.KeyAndChain;
import io.flamenco.shared.secret.SecretFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as PEM. Failures are sentences that name the file. */
final class PemFiles {

    private static final int LARGEST_BYTES = 1 << 20;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemFiles() {}

    /** The text of a file. */
    static String text(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IOException(file + " is too large for a certificate or a key.");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException absent) {
            throw new IOException("There is no file " + file + "; name the PEM file with the certificate or the key.");
        }
    }

    /** A key and its certificates, the own one first; they must belong together. */
    static KeyAndChain read(Path chain, Path key) throws IOException {
        return parse(chain, text(chain), key, text(key));
    }

    /** The same from what the files hold. */
    static KeyAndChain parse(Path chainFile, String chain, Path keyFile, String key) throws IOException {
        KeyAndChain read = new KeyAndChain(key(keyFile, key), certificates(chainFile, chain));
        if (!read.belongTogether()) {
            throw new IOException("The certificate " + chainFile + " is not that of the key " + keyFile
                    + "; the role's own certificate must be the first in the file.");
        }
        return read;
    }

    private static List<X509Certificate> certificates(Path file, String pem) throws IOException {
        try {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException malformed) {
            throw new IOException("The file " + file + " is damaged (" + malformed.getMessage() + ").", malformed);
        }
        throw new IOException("There is no certificate in " + file + "; it must be a PEM file.");
    }

    /** The first private key in a text, in any of the forms that openssl writes without a password. */
    private static PrivateKey key(Path file, String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo key) {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
                if (part instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | IllegalStateException malformed) {
            throw new IOException("The key in " + file + " is damaged (" + malformed.getMessage() + ").", malformed);
        }
        throw new IOException("There is no private key without a password in " + file
                + "; it must be a PEM file as \"openssl pkey\" writes it.");
    }

    /** Writes certificates, the own one first. */
    static void write(Path file, List<X509Certificate> chain) throws IOException {
        StringBuilder pem = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                pem.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (CertificateException e) {
            throw new IOException("The certificate cannot be written to " + file + " (" + e.getMessage() + ").", e);
        }
        SecretFiles.write(file, pem.toString());
    }

    /** One block of a PEM file. */
    static String block(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }
}
