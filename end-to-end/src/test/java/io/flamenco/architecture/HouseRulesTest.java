package io.flamenco.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import io.vertx.core.Verticle;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;

/** The rules of the house that a machine can hold, over the classes of all modules. */
@AnalyzeClasses(packages = "io.flamenco", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    /** The packages in which blocking is the point: subprocesses, files and terminals, each on threads of its own. */
    private static final String[] BLOCKING = {
        "io.flamenco.mongo..",
        "io.flamenco.shared.secret..",
        "io.flamenco.worker.command..",
        "io.flamenco.worker.commands..",
        "io.flamenco.worker.process..",
        "io.flamenco.cli..",
        "io.flamenco.launch..",
        "io.flamenco.benchmarks..",
        "..blocking.."
    };

    private static final List<Class<?>> CLOCKED =
            List.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class);

    @ArchTest
    static final ArchRule the_domain_is_pure = noClasses()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty..", "java.nio.file..", "java.net.http..")
                    .or(nameMatching("java\\.io\\.File.*"))
                    .or(nameMatching("java\\.time\\.Clock")));

    @ArchTest
    static final ArchRule only_stores_know_the_database = noClasses()
            .that(describe(
                    "are neither stores nor the database module",
                    (JavaClass type) -> !resideInAnyPackage(
                                    "..store..", "io.flamenco.mongo..", "io.flamenco.benchmarks..")
                            .test(type)))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MongoClient.class);

    @ArchTest
    static final ArchRule only_the_bus_class_touches_the_event_bus = noClasses()
            .that()
            .resideOutsideOfPackages("io.flamenco.shared.bus..", "io.flamenco.benchmarks..")
            .should()
            .callMethodWhere(describe(
                    "the owner is the event bus",
                    (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(EventBus.class)));

    @ArchTest
    static final ArchRule no_verticle_knows_another = noClasses()
            .that()
            .areAssignableTo(VerticleBase.class)
            .or()
            .areAssignableTo(Verticle.class)
            .should()
            .dependOnClassesThat(describe(
                    "are another verticle of ours",
                    (JavaClass type) -> type.getPackageName().startsWith("io.flamenco")
                            && (type.isAssignableTo(VerticleBase.class) || type.isAssignableTo(Verticle.class))))
            .as("no verticle should know another");

    @ArchTest
    static final ArchRule time_comes_from_a_clock_that_was_handed_in = noClasses()
            .should()
            .callMethodWhere(describe(
                    "now() is called without a clock",
                    (JavaMethodCall call) -> call.getName().equals("now")
                            && call.getTarget().getRawParameterTypes().isEmpty()
                            && CLOCKED.stream()
                                    .anyMatch(type -> call.getTargetOwner().isEquivalentTo(type))));

    @ArchTest
    static final ArchRule nothing_blocks_outside_the_packages_made_for_it = noClasses()
            .that()
            .resideOutsideOfPackages(BLOCKING)
            .should()
            .accessTargetWhere(describe("it waits", HouseRulesTest::waits));

    @ArchTest
    static final ArchRule names_say_a_role_and_nothing_vague =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Impl|Info)$");

    @ArchTest
    static final ArchRule every_package_is_null_marked =
            classes().that().resideOutsideOfPackage("io.flamenco.launch..").should(new BeInNullMarkedPackage());

    @ArchTest
    static final ArchRule the_managers_subsystems_form_no_circle =
            slices().matching("io.flamenco.manager.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_servers_subsystems_form_no_circle =
            slices().matching("io.flamenco.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_workers_subsystems_form_no_circle =
            slices().matching("io.flamenco.worker.(*)..").should().beFreeOfCycles();

    private static boolean waits(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean sleeps = owner.isEquivalentTo(Thread.class) && name.equals("sleep");
        boolean awaits = owner.isAssignableTo(Future.class) && name.equals("await");
        boolean joins =
                owner.isAssignableTo(java.util.concurrent.Future.class) && (name.equals("get") || name.equals("join"));
        return sleeps || awaits || joins;
    }
}
