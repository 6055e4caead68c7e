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
                answer,
                commands.numberOfLastChange(),
                document -> client.writeAndFlush(new MongoMessage(client.channel(), header(message), document)));
    }

    /** The old form of a command; drivers greet with it. */
    private void onQuery(ChannelHandlerContext client, MongoQuery query) {
        var wrapped = query.getQuery().get("$query");
        var command = wrapped instanceof Document document ? document : query.getQuery();
        boolean greeting = query.getCollectionName().equals("$cmd") && Commands.isGreeting(command);
        var answer = greeting
                ? answer(query, query.getDatabaseName(), command)
                : Commands.refused(
                        new MongoServerError(352, "UnsupportedOpQueryCommand", "Only a greeting may come as OP_QUERY"));
        client.writeAndFlush(new MongoReply(header(query), List.of(answer), 0));
    }

    private Document answer(ClientRequest request, String database, Document command) {
        var name = command.keySet().iterator().next();
        try {
            login.admit(name);
            if (Login.concerns(name)) {
                return login.answer(command);
            }
        } catch (MongoServerException e) {
            return Commands.refused(e);
        }
        return commands.answer(request.getChannel(), Objects.requireNonNullElse(database, "admin"), name, command);
    }

    private MessageHeader header(ClientRequest request) {
        return new MessageHeader(
                messageIds.incrementAndGet(), request.getHeader().getRequestID());
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
