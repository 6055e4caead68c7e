package io.flamenco.manager.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.file.FileProps;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with a file that may grow meanwhile: as much of it as there was, or the one range that was asked for. */
final class FileAnswer {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private final RoutingContext context;
    private final Path file;
    private final FileProps props;

    FileAnswer(RoutingContext context, Path file, FileProps props) {
        this.context = context;
        this.file = file;
        this.props = props;
    }

    /** Bytes of a file, from {@code start} to before {@code end}. */
    record Range(long start, long end) {

        /**
         * The range that a {@code Range} header asks for.
         *
         * @return empty when there is no header, or one that is to be ignored
         * @throws HttpFailure of status 416 when the file has nothing there
         */
        static Optional<Range> of(@Nullable String header, long size) {
            Matcher matcher = header == null ? null : RANGE.matcher(header);
            if (matcher == null || !matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
                return Optional.empty();
            }
            String first = matcher.group(1);
            String last = matcher.group(2);
            Range range = first.isEmpty()
                    ? new Range(Math.max(0, size - Long.parseLong(last)), size)
                    : new Range(
                            Long.parseLong(first), last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1));
            if (range.start() >= size || range.end() <= range.start()) {
                throw new HttpFailure(416, "The file has " + size + " bytes; ask for a range within them.");
            }
            return Optional.of(range);
        }
    }

    /** Sends it; conditional requests (If-Modified-Since) and one range are understood. */
    Future<Void> send() {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.LAST_MODIFIED, httpDate(lastModified()))
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (unchanged()) {
            return response.setStatusCode(304).end();
        }
        Optional<Range> range = Range.of(context.request().getHeader("Range"), props.size());
        range.ifPresent(part -> response.setStatusCode(206)
                .putHeader("Content-Range", "bytes " + part.start() + "-" + (part.end() - 1) + "/" + props.size()));
        Range part = range.orElse(new Range(0, props.size()));
        return response.sendFile(file.toString(), part.start(), part.end() - part.start());
    }

    private boolean unchanged() {
        String since = context.request().getHeader(HttpHeaders.IF_MODIFIED_SINCE);
        try {
            return since != null
                    && !ZonedDateTime.parse(since, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .isBefore(lastModified());
        } catch (DateTimeParseException noDate) {
            return false;
        }
    }

    private Instant lastModified() {
        return Instant.ofEpochSecond(props.lastModifiedTime() / 1000);
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }
}
