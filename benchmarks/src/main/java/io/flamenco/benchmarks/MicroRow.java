package io.flamenco.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The JMH benchmarks of hot paths; arguments are JMH's own. */
@Command(name = "jmh", description = "Runs the JMH benchmarks; arguments are those of JMH (after --).")
final class MicroRow implements Callable<Integer> {

    @Parameters(arity = "0..*", description = "Arguments of JMH, such as WireJson -f 1 -wi 3 -i 5.")
    List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
