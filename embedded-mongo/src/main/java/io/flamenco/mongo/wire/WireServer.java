package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.flamenco.mongo.engine.StoredBackend;
import io.flamenco.mongo.storage.Storage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a free port of the loopback interface. Bytes are decoded and encoded on one thread, commands carried out on another,
 * the database thread; documents never travel between the two while somebody may still change them.
 */
public final class WireServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MAX_MESSAGE_BYTES = MongoWireProtocolHandler.MAX_MESSAGE_SIZE_BYTES;

    private final EventExecutor databaseThread;
    private final Commands commands;
    private final Answers answers;
    private final Scram scram;
    private final EventLoopGroup io = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("database-io", true), NioIoHandler.newFactory());
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel listening;

    /**
     * Starts to listen.
     *
     * @param databaseThread the owner of the storage
     */
    public WireServer(
            EventExecutor databaseThread, StoredBackend backend, Storage storage, Answers answers, Password password) {
        this.databaseThread = databaseThread;
        this.commands = new Commands(backend, storage);
        this.answers = answers;
        this.scram = new Scram(password);
        this.listening = new ServerBootstrap()
                .group(io)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 256)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        accept(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** For changes that come from this process. */
    public DirectLine directLine() {
        return new DirectLine(databaseThread, commands, answers);
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether closing succeeds makes no difference
    private void accept(SocketChannel client) {
        if (clients.size() >= MAX_CONNECTIONS) {
            LOG.warn("turned a client of the embedded database away, there are {} already", MAX_CONNECTIONS);
            client.close();
            return;
        }
        clients.add(client);
        client.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(
                        ByteOrder.LITTLE_ENDIAN, MAX_MESSAGE_BYTES, 0, Integer.BYTES, -Integer.BYTES, 0, true))
                .addLast(new MongoWireReplyEncoder())
                .addLast(new MongoWireMessageEncoder())
                .addLast(new MongoWireProtocolHandler())
                .addLast(new Connection(databaseThread, commands, answers, new Login(scram)));
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        clients.close().awaitUninterruptibly();
        io.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
