package io.flamenco.worker;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.blocking.DirectoryLock;
import io.flamenco.worker.blocking.process.ProcessFile;
import io.flamenco.worker.blocking.process.ProcessTrees;
import io.flamenco.worker.blocking.process.ProgramMark;
import io.flamenco.worker.blocking.process.ProgramRules;
import io.flamenco.worker.blocking.process.ProgramUser;
import io.flamenco.worker.blocking.process.Subprocess;
import io.flamenco.worker.discovery.ManagerDiscovery;
import io.flamenco.worker.domain.HttpProxy;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.outbox.OutboxFile;
import io.flamenco.worker.platform.Machine;
import io.flamenco.worker.session.CredentialsFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Worker has opened and must close again, and what it knows of its machine.
 *
 * @param machine what it runs on
 * @param lock keeps other Workers out of the data directory
 * @param outbox the updates that wait
 * @param commands what it can do
 * @param surroundings what its subprocesses get
 * @param credentialsFile where it remembers who it is
 * @param manager who it works for
 */
record WorkerResources(
        Machine machine,
        DirectoryLock lock,
        OutboxFile outbox,
        Commands commands,
        Subprocess.Surroundings surroundings,
        CredentialsFile credentialsFile,
        ManagerClient manager) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerResources.class);
    private static final Duration SILENCE_LIMIT = Duration.ofHours(1);
    private static final Duration DISCOVERY_ROUND = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(5);

    static Future<WorkerResources> open(Vertx vertx, WorkerConfig config) {
        CredentialsFile file = new CredentialsFile(vertx, config.credentialsFile());
        return vertx.executeBlocking(() -> lock(config.dataDirectory()))
                .compose(lock -> open(vertx, config, lock, file).onFailure(failure -> lock.release()));
    }

    private static Future<WorkerResources> open(
            Vertx vertx, WorkerConfig config, DirectoryLock lock, CredentialsFile file) {
        return file.read()
                .compose(stored -> manager(vertx, config)
                        .compose(url -> vertx.executeBlocking(() -> open(vertx, config, url, lock, file, stored))));
    }

    private static Future<URI> manager(Vertx vertx, WorkerConfig config) {
        return config.managerUrl()
                .map(Future::succeededFuture)
                .orElseGet(() -> new ManagerDiscovery(vertx, ManagerDiscovery.GROUPS, DISCOVERY_ROUND).find());
    }

    /** Closes everything; to be called when no verticle runs any more. */
    Future<Void> close() {
        outbox.close();
        lock.release();
        return manager.close();
    }

    private static DirectoryLock lock(Path directory) {
        try {
            SecretFiles.createDirectories(directory);
        } catch (IOException e) {
            throw new StartFailure("The Worker's data directory " + directory + " cannot be made (" + e
                    + "). Make its parent writable, or choose another one with --data.");
        }
        return DirectoryLock.take(directory);
    }

    private static WorkerResources open(
            Vertx vertx,
            WorkerConfig config,
            URI url,
            DirectoryLock lock,
            CredentialsFile file,
            Optional<Credentials> stored) {
        Machine machine = Machine.here();
        ProcessTrees trees = ProcessTrees.here(machine.system(), ProgramMark.of(config.dataDirectory()));
        @Nullable
        ProcessFile processFile =
                config.processFile().map(path -> new ProcessFile(path, trees)).orElse(null);
        stopOrphans(trees, processFile);
        Commands commands = Commands.load(config.pluginDirectory());
        if (!config.programs().exec()) {
            commands = commands.without("exec", "exec_enabled");
        }
        ManagerClient manager = client(vertx, url, config, machine);
        if (!config.mode().reregister()) {
            stored.or(config::configuredCredentials).ifPresent(manager::use);
        }
        return new WorkerResources(
                machine,
                lock,
                OutboxFile.open(config.outboxFile(), config.outboxMaxBytes()),
                commands,
                new Subprocess.Surroundings(
                        trees, processFile, machine.environment(), SILENCE_LIMIT, GRACE, rules(config, machine)),
                file,
                manager);
    }

    private static ManagerClient client(Vertx vertx, URI url, WorkerConfig config, Machine machine) {
        try {
            Optional<HttpProxy> proxy = HttpProxy.to(url, machine.environment());
            proxy.ifPresent(known ->
                    LOG.info("The Manager is reached through a proxy. proxy={}:{}", known.host(), known.port()));
            return new ManagerClient(vertx, url, Clock.systemUTC(), proxy, config.trust());
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private static ProgramRules rules(WorkerConfig config, Machine machine) {
        return new ProgramRules(
                config.programs().allowed(),
                config.programs().user().map(name -> ProgramUser.find(name, machine.system())),
                machine.system());
    }

    private static void stopOrphans(ProcessTrees trees, @Nullable ProcessFile file) {
        try {
            if (file != null) {
                file.stopOrphan();
            }
            int left = trees.killLeftOver();
            if (left > 0) {
                LOG.info("Stopped what an earlier run left behind. processes={}", left);
            }
        } catch (IOException e) {
            throw new StartFailure("The Worker's process file cannot be read or deleted (" + e
                    + "). Delete it after making sure that the program in it has ended.");
        }
    }
}
