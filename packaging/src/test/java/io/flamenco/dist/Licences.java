package io.flamenco.dist;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Under which licences software may be shipped with ours, which is MIT. */
final class Licences {

    /** By their SPDX identifiers: they ask for no more than that their text goes along. */
    private static final Set<String> PERMISSIVE =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0");

    /** Software under licences that ask for more, each with the one that is taken and how it is complied with. */
    private static final Map<String, Exempt> EXEMPT = Map.of(
            "com.h2database:h2",
            new Exempt("MPL-2.0", "shipped unchanged; its sources are in Maven Central"),
            "ch.qos.logback:logback-classic",
            new Exempt("EPL-2.0", "shipped unchanged; its sources are in Maven Central"),
            "ch.qos.logback:logback-core",
            new Exempt("EPL-2.0", "shipped unchanged; its sources are in Maven Central"),
            JavaRuntime.NAME,
            new Exempt(
                    "GPL-2.0-only WITH Classpath-exception-2.0",
                    "a program of its own beside ours; its licences are in java/legal"));

    /** What the POMs of a group say too loosely to be identified. */
    private static final Map<String, String> CORRECTIONS =
            Map.of("de.bwaldvogel", "BSD-3-Clause", "org.bouncycastle", "MIT");

    private record Exempt(String licence, String reason) {}

    /**
     * The licence that software is shipped under.
     *
     * @param licence its SPDX expression
     * @param remark what else a reader should know; may be empty
     */
    record Chosen(String licence, String remark) {}

    private Licences() {}

    /**
     * Chooses one of the licences that a library offers.
     *
     * @param name group and name, joined by a colon
     * @param offered SPDX identifiers, of which a user may choose one
     * @return empty when the library must not be shipped
     */
    static Optional<Chosen> choose(String name, List<String> offered) {
        Exempt exempt = EXEMPT.get(name);
        if (exempt != null) {
            return Optional.of(exempt)
                    .filter(taken -> offered.contains(taken.licence()))
                    .map(taken -> new Chosen(taken.licence(), taken.reason()));
        }
        String corrected = CORRECTIONS.get(name.split(":")[0]);
        return (corrected == null ? offered : List.of(corrected))
                .stream().filter(PERMISSIVE::contains).findFirst().map(licence -> new Chosen(licence, ""));
    }
}
