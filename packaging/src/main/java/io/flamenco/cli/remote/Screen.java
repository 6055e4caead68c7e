package io.flamenco.cli.remote;

import io.flamenco.cli.process.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;

/** Where a command prints: results to the standard output, what happens meanwhile to the standard error stream. */
final class Screen {

    private static final String BEGINNING_OF_LINE = "\r\u001b[K";
    private static final String CUT_AT_THE_EDGE = "\u001b[?7l";
    private static final String WRAP_AT_THE_EDGE = "\u001b[?7h";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal;

    Screen(CommandLine command, boolean json) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.json = json;
        this.terminal = isTerminal();
    }

    /** Whether JSON is wanted, and nothing else. */
    boolean json() {
        return json;
    }

    /** Whether a person watches. */
    boolean terminal() {
        return terminal;
    }

    /** Prints a line of the result. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a JSON document. */
    void say(JsonObject document) {
        say(document.encodePrettily());
    }

    /** Prints a list of JSON documents. */
    void say(List<JsonObject> documents) {
        say(new JsonArray(documents).encodePrettily());
    }

    /** Prints a list, for people as a table; gives the exit code. */
    int list(List<JsonObject> items, Function<List<JsonObject>, Table> table) {
        if (json) {
            say(items);
        } else {
            table.apply(items).lines().forEach(this::say);
        }
        return ExitCode.DONE;
    }

    /** Says something beside the result. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    /** Asks the person at the terminal; blocks. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is
    boolean agrees(String question) {
        Console console = System.console();
        String answer = console == null ? null : console.readLine("%s", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** Writes over the last line, for a person who watches; what does not fit into the window is left out. */
    void overwrite(String line) {
        err.print(BEGINNING_OF_LINE + CUT_AT_THE_EDGE + line + WRAP_AT_THE_EDGE);
        err.flush();
    }

    /** From Java 22 on there is a console without a terminal, too, and it says so. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
