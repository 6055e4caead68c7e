package io.flamenco.manager.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is said of this Manager on the network.
 *
 * @param deviceUuid the setting {@code ssdp_device_uuid}; another one for each Manager of a network
 * @param location the URL that Workers shall use
 */
record Advertisement(String deviceUuid, String location) {

    static final String GROUP = "239.255.255.250";
    static final int PORT = 1900;

    private static final String SERVICE = "urn:flamenco:manager:0";
    private static final String CACHE = "CACHE-CONTROL: max-age=3600";
    private static final String SERVER = "SERVER: Java/0.0 UPnP/1.0 flamenco-manager/3.0";
    private static final String HOST = "HOST: " + GROUP + ":" + PORT;

    /**
     * The answer to a datagram.
     *
     * @return empty when it is no search, or one for something else
     */
    Optional<String> answerTo(byte[] datagram, Instant now) {
        String[] lines = new String(datagram, StandardCharsets.UTF_8).split("\r?\n", -1);
        if (!lines[0].startsWith("M-SEARCH * HTTP/1.")) {
            return Optional.empty();
        }
        Map<String, String> headers = headers(lines);
        String target = headers.getOrDefault("ST", "");
        boolean complete =
                headers.getOrDefault("MAN", "").replace("\"", "").equals("ssdp:discover") && headers.containsKey("MX");
        boolean forUs = target.equals("ssdp:all")
                || target.equals(SERVICE)
                || target.equals("uuid:" + deviceUuid)
                || target.equals(deviceUuid);
        return complete && forUs
                ? Optional.of(answer(target.equals("ssdp:all") ? SERVICE : target, now))
                : Optional.empty();
    }

    /** Says that the Manager is here. */
    String alive() {
        return message(
                "NOTIFY * HTTP/1.1",
                HOST,
                CACHE,
                "LOCATION: " + location,
                "NT: " + SERVICE,
                "NTS: ssdp:alive",
                SERVER,
                usn());
    }

    /** Says that the Manager is leaving. */
    String goodbye() {
        return message("NOTIFY * HTTP/1.1", HOST, "NT: " + SERVICE, "NTS: ssdp:byebye", usn());
    }

    private String answer(String target, Instant now) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC));
        return message(
                "HTTP/1.1 200 OK",
                CACHE,
                "DATE: " + date,
                "EXT:",
                "LOCATION: " + location,
                SERVER,
                "ST: " + target,
                usn());
    }

    private String usn() {
        return "USN: uuid:" + deviceUuid + "::" + SERVICE;
    }

    private static String message(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).strip().toUpperCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
