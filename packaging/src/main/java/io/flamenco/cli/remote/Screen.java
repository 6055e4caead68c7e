package io.flamenco.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** Where a command prints: results to the standard output, what happens meanwhile to the standard error stream. */
final class Screen {

    private static final int USUAL_WIDTH = 80;

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

    /** How many characters fit into a line. */
    int width() {
        try {
            return Math.max(40, Integer.parseInt(String.valueOf(System.getenv("COLUMNS"))));
        } catch (NumberFormatException unknown) {
            return USUAL_WIDTH;
        }
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

    /** Writes over the last line, for a person who watches. */
    void overwrite(String line) {
        err.print("\r\u001b[K" + line);
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
