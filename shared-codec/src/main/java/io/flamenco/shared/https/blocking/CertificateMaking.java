package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.KeyAndChain;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that nobody but their own key signs. */
final class CertificateMaking {

    private static final int SERIAL_BITS = 120;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*|\\d{1,3}(\\.\\d{1,3}){3}");

    private CertificateMaking() {}

    /**
     * Makes one.
     *
     * @param names host names and addresses for which it counts, the most telling first; at least one
     * @param lasts from now on
     */
    static KeyAndChain selfSigned(KeyPair keys, List<String> names, Instant now, Duration lasts) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Flamenco")
                .addRDN(BCStyle.CN, names.getFirst())
                .build();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(now.plus(lasts)),
                subject,
                keys.getPublic());
        try {
            describe(builder, names);
            X509Certificate made = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
            return new KeyAndChain(keys.getPrivate(), List.of(made));
        } catch (CertIOException | OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("a certificate for " + names + " cannot be made", e);
        }
    }

    private static void describe(X509v3CertificateBuilder builder, List<String> names) throws CertIOException {
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(
                        ADDRESS.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }
}
