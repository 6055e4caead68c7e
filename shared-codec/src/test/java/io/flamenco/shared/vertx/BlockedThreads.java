package io.flamenco.shared.vertx;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Fails a test during which Vert.x warned that one of its threads was blocked, which it does after two seconds. Every test
 * is watched without asking for it. A warning from a time when the whole machine stood still, so that nobody's thread got
 * on, does not count.
 */
public final class BlockedThreads implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(BlockedThreads.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        warnings(context).take();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> warnings = warnings(context).take();
        if (!AnnotationSupport.isAnnotated(context.getElement(), BlocksOnPurpose.class)) {
            check(warnings);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BlockedThreadWarnings.class;
    }

    /** Lets a test see that it is watched. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return warnings(context);
    }

    /** Fails when there are warnings. */
    static void check(List<String> warnings) {
        if (!warnings.isEmpty()) {
            throw new AssertionError("A thread of Vert.x was blocked: " + String.join("; ", warnings));
        }
    }

    private static BlockedThreadWarnings warnings(ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(
                        BlockedThreadWarnings.class,
                        key -> BlockedThreadWarnings.listen(new Heartbeat()),
                        BlockedThreadWarnings.class);
    }
}
