package io.flamenco.dist;

import java.util.List;

/** The list of shipped software that people read. */
final class ThirdPartyPage {

    private static final String HEAD = """
            # What else is in this package

            Flamenco is under the MIT licence, see `LICENSE.txt`. It comes with the software below, under the licences that
            are named. Where its authors offered several, one was chosen. The same list for programs is `sbom.cdx.json`.

            | software | version | licence | text |
            |---|---|---|---|
            """;

    private ThirdPartyPage() {}

    static String of(List<String> rows) {
        return HEAD + String.join("", rows);
    }

    static String row(String name, String version, Licences.Chosen chosen, String text) {
        String remark = chosen.remark().isEmpty() ? "" : " (" + chosen.remark() + ")";
        return "| " + name + " | " + version + " | " + chosen.licence() + remark + " | " + text + " |\n";
    }
}
