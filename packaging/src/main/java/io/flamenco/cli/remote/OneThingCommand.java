package io.flamenco.cli.remote;

import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/** {@code flamenco jobs show} and its like: a command about one thing on the Server, and no other option. */
@Command(mixinStandardHelpOptions = true)
final class OneThingCommand implements Callable<Integer> {

    private final BiFunction<Remote, String, Future<Integer>> work;
    private final CommandSpec spec;

    @Parameters
    private String thing = "";

    private final RemoteOptions remote;

    private OneThingCommand(RemoteOptions remote, BiFunction<Remote, String, Future<Integer>> work) {
        this.remote = remote;
        this.work = work;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    /**
     * What a command is about.
     *
     * @param label in the synopsis, such as {@code JOB}
     * @param description of what may be given
     */
    record Subject(String label, String description) {

        /** A thing that goes by its id. */
        static Subject byId(String label) {
            return new Subject(label, "Its id, or the beginning of it.");
        }

        /** A thing that goes by its name too. */
        static Subject byName(String label) {
            return new Subject(label, "Its name, its id, or the beginning of that.");
        }
    }

    /**
     * Makes the commands about one kind of thing.
     *
     * @param remote given above them
     */
    record Group(Subject subject, RemoteOptions remote) {

        /**
         * Makes a command.
         *
         * @param work does it with the text that was given; gives the exit code
         */
        CommandSpec of(String name, String description, BiFunction<Remote, String, Future<Integer>> work) {
            CommandSpec spec = new OneThingCommand(remote, work).spec;
            spec.name(name).usageMessage().description(description);
            PositionalParamSpec thing = spec.positionalParameters().getFirst();
            spec.remove(thing);
            spec.add(thing.toBuilder()
                    .paramLabel(subject.label())
                    .description(subject.description())
                    .build());
            return spec;
        }

        /** As {@link #of}: shows the document that is found. */
        CommandSpec showing(String description, BiFunction<Remote, String, Future<JsonObject>> find) {
            return of(
                    "show",
                    description,
                    (with, text) -> find.apply(with, text).map(found -> {
                        Details.show(with.screen(), found);
                        return ExitCode.DONE;
                    }));
        }
    }

    @Override
    public Integer call() {
        return remote.run(spec, with -> work.apply(with, thing));
    }
}
