package io.flamenco.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link Visit} to the demonstration farm. It and the browser are started once for all test classes. */
final class OnDemoFarm implements ParameterResolver {

    private static final Namespace ALL_TESTS = Namespace.create(OnDemoFarm.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ALL_TESTS)
                .getOrComputeIfAbsent(Visit.class, key -> Visit.begin(), Visit.class);
    }
}
