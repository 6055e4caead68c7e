package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client. Its requests are carried out on the database thread, in the order in which they came. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that went away needs no answer
final class Connection extends SimpleChannelInboundHandler<ClientRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final EventExecutor databaseThread;
    private final Commands commands;
    private final Answers answers;
    private final Login login;
    private final AtomicInteger messageIds = new AtomicInteger();

    Connection(EventExecutor databaseThread, Commands commands, Answers answers, Login login) {
        this.databaseThread = databaseThread;
        this.commands = commands;
        this.answers = answers;
        this.login = login;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext client, ClientRequest request) {
        databaseThread.execute(() -> {
            switch (request) {
                case MongoMessage message -> onMessage(client, message);
                case MongoQuery query -> onQuery(client, query);
                default -> client.close();
            }
        });
    }

    private void onMessage(ChannelHandlerContext client, MongoMessage message) {
        var answer = answer(message, message.getDatabaseName(), message.getDocument());
        answers.send(
                client, new MongoMessage(client.channel(), header(message), answer), commands.numberOfLastChange());
    }

    /** The old form of a command; drivers greet with it. */
    private void onQuery(ChannelHandlerContext client, MongoQuery query) {
        var wrapped = query.getQuery().get("$query");
        var command = wrapped instanceof Document document ? document : query.getQuery();
        boolean greeting = query.getCollectionName().equals("$cmd") && Commands.isGreeting(command);
        var answer = greeting
                ? answer(query, query.getDatabaseName(), command)
                : error(new MongoServerError(352, "UnsupportedOpQueryCommand", "Only a greeting may come as OP_QUERY"));
        client.writeAndFlush(new MongoReply(header(query), List.of(answer), 0));
    }

    private Document answer(ClientRequest request, String database, Document command) {
        try {
            var name = command.keySet().iterator().next();
            login.admit(name);
            return Login.concerns(name)
                    ? login.answer(command)
                    : commands.carryOut(
                            request.getChannel(), Objects.requireNonNullElse(database, "admin"), name, command);
        } catch (MongoServerException e) {
            LOG.debug("refused: {}", e.getMessage());
            return error(e);
        } catch (RuntimeException e) {
            LOG.error("The embedded database failed at a command; please report this", e);
            return error(new MongoServerError(1, "InternalError", "Unexpected: " + e));
        }
    }

    private MessageHeader header(ClientRequest request) {
        return new MessageHeader(
                messageIds.incrementAndGet(), request.getHeader().getRequestID());
    }

    private static Document error(MongoServerException e) {
        var error = new Document("ok", 0.0).append("errmsg", e.getMessageWithoutErrorCode());
        if (e instanceof MongoServerError numbered) {
            error.append("code", numbered.getCode());
            error.putIfNotNull("codeName", numbered.getCodeName());
        }
        return error;
    }

    @Override
    public void channelInactive(ChannelHandlerContext client) throws Exception {
        if (!databaseThread.isShuttingDown()) {
            databaseThread.execute(() -> commands.forget(client.channel()));
        }
        super.channelInactive(client);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        LOG.warn("closing the connection of {}: {}", client.channel().remoteAddress(), cause.toString());
        client.close();
    }
}
