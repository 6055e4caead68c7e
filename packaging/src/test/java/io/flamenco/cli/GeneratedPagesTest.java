package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.bridge.BridgeTable;
import io.flamenco.shared.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Pages in {@code docs} that are made from the program; with {@code -Dflamenco.docs.write=true} they are written. */
class GeneratedPagesTest {

    private static final Path ROOT = Path.of("..");
    private static final String MADE = "<!-- Made by GeneratedPagesTest: mvn -pl packaging -am test"
            + " -Dtest=GeneratedPagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dflamenco.docs.write=true -->\n";

    @Test
    void the_page_of_the_command_line_is_up_to_date() throws IOException {
        StringBuilder page = new StringBuilder("# Command line\n\n" + MADE)
                .append("\nEvery command is started with `./flamenco`, or with `java -jar flamenco.jar`.\n");
        CommandLine flamenco =
                Flamenco.commandLine().setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        append(page, "flamenco", flamenco);

        assertUpToDate("docs/command-line.md", page.toString());
    }

    @Test
    void the_page_of_settings_is_up_to_date() throws IOException {
        StringBuilder page = new StringBuilder("# Settings\n\n" + MADE).append("""

                        One YAML file per role. Each value shown is the default, what stands in comments is an example. A key that a
                        role does not know is refused, with the one that was probably meant. An environment variable wins over the
                        file: `FLAMENCO_<ROLE>_<KEY>`, such as `FLAMENCO_MANAGER_LISTEN`.
                        """);
        for (String role : List.of("Server", "Manager", "Worker")) {
            Path file = ROOT.resolve("conf").resolve(role.toLowerCase(Locale.ROOT) + ".yaml");
            page.append("\n## ")
                    .append(role)
                    .append("\n\n```yaml\n")
                    .append(Files.readString(file))
                    .append("```\n");
        }

        assertUpToDate("docs/settings.md", page.toString());
    }

    @Test
    void the_page_of_bridged_addresses_is_up_to_date() throws Exception {
        StringBuilder page = new StringBuilder("# Addresses on the event bus\n\n" + MADE).append("""

                        What people and tools can hear and send over SockJS and TCP; [bus.md](bus.md) tells how. Names and keys are
                        public: they stay. In what is heard a key may be missing where its value is not known. A role may do
                        what those before it may, in the order viewer, artist, wrangler, admin; where everybody may read, everybody is
                        a viewer.
                        """);
        appendTable(page, "Manager", BridgeTable.MANAGER);
        appendTable(page, "Server", BridgeTable.SERVER);

        assertUpToDate("docs/addresses.md", page.toString());
    }

    private static void appendTable(StringBuilder page, String role, BridgeTable table)
            throws ReflectiveOperationException {
        page.append("\n## What a ").append(role).append(" tells\n");
        for (BridgeTable.Heard heard : table.heard()) {
            String address = heard.topic().address() + (heard.ofOneTask() ? ".<task-id>" : "");
            appendAddress(
                    page,
                    address,
                    heard.meaning(),
                    "Heard by: " + heard.least().word() + ".",
                    heard.topic().type());
        }
        page.append("\n## What can be sent to a ").append(role).append("\n");
        for (BridgeTable.Sent sent : table.sent()) {
            String terms =
                    "Sent by: " + sent.least().word() + ". Does, needs and answers the same as `" + sent.twin() + "`.";
            appendAddress(
                    page,
                    sent.order().address(),
                    sent.meaning(),
                    terms,
                    sent.order().type());
        }
    }

    private static void appendAddress(
            StringBuilder page, String address, String meaning, String terms, Class<? extends Record> body)
            throws ReflectiveOperationException {
        page.append("\n### `").append(address).append("`\n\n");
        page.append(meaning).append(' ').append(terms).append("\n\n```json\n");
        page.append(WireJson.toJson(SampleRecords.of(body)).encodePrettily()).append("\n```\n");
    }

    private static void append(StringBuilder page, String title, CommandLine command) {
        if (title.endsWith(" help")) {
            return;
        }
        String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("(?m) +$", "");
        page.append("\n## ").append(title).append("\n\n```\n").append(usage).append("```\n");
        command.getSubcommands().forEach((name, inner) -> append(page, title + " " + name, inner));
    }

    private static void assertUpToDate(String name, String content) throws IOException {
        Path file = ROOT.resolve(name);
        if (Boolean.getBoolean("flamenco.docs.write")) {
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("%s is made by this test; its first line says how to make it anew", name)
                .hasContent(content);
    }
}
