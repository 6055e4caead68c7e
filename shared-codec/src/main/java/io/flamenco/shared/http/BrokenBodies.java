package io.flamenco.shared.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Answers a request whose body is not packed as its {@code Content-Encoding} says. Vert.x closes the connection at that, and does
 * so before anything that a route might answer is sent, so the answer is given in the channel itself.
 */
public final class BrokenBodies extends ChannelInboundHandlerAdapter {

    private BrokenBodies() {}

    /** Looks after a connection that has just begun. */
    public static void answerOn(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel()
                    .pipeline()
                    .addBefore(base.channelHandlerContext().name(), "broken-bodies", new BrokenBodies());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof DecompressionException) {
            context.writeAndFlush(answer(context)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    private static FullHttpResponse answer(ChannelHandlerContext context) {
        String problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.BAD_REQUEST.reasonPhrase())
                .put("status", HttpResponseStatus.BAD_REQUEST.code())
                .put("detail", "The body is not packed as its Content-Encoding says.")
                .encode();
        ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), problem);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, ProblemJson.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close");
        return answer;
    }
}
