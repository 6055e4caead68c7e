package io.flamenco.manager.http;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Reads request bodies of limited size. */
final class Bodies {

    private Bodies() {}

    /**
     * The JSON document in the body.
     *
     * @param most bytes
     * @return fails with status 400 when it is no such document, and with 413 when it is too large
     */
    static <T> Future<T> json(RoutingContext context, Class<T> type, int most) {
        return read(context.request(), most).compose(body -> {
            try {
                return Future.succeededFuture(WireJson.read(body, type));
            } catch (WireJsonException e) {
                return Future.failedFuture(new HttpFailure(400, "Unable to decode JSON: " + e.getMessage()));
            }
        });
    }

    /**
     * The fields of a form in the body; none when there is no body.
     *
     * @param most bytes
     * @return fails with status 400 when it is no form, and with 413 when it is too large
     */
    static Future<MultiMap> form(RoutingContext context, int most) {
        return read(context.request(), most).map(body -> {
            MultiMap fields = MultiMap.caseInsensitiveMultiMap();
            try {
                new QueryStringDecoder(body.toString(), false).parameters().forEach(fields::add);
            } catch (IllegalArgumentException noForm) {
                throw new HttpFailure(400, "The body is no form: a % in it is not followed by two hexadecimal digits.");
            }
            return fields;
        });
    }

    private static Future<Buffer> read(HttpServerRequest request, int most) {
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > most) {
                read.tryFail(new HttpFailure(413, "The body is larger than " + most + " bytes."));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> read.tryComplete(body));
        request.resume();
        return read.future();
    }
}
