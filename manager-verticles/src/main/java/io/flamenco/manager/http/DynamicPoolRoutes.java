package io.flamenco.manager.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.flamenco.manager.pools.PoolOrders;
import io.flamenco.manager.pools.PoolOrders.Pools;
import io.flamenco.manager.pools.PoolOrders.Resize;
import io.flamenco.manager.pools.PoolOrders.WhichPools;
import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pools of Workers: {@code GET /api/v1/pools} lists them, {@code POST /dynamic-pool-resize} gives one another size (Flamenco 2
 * protocol). Resizing needs credentials.
 */
public final class DynamicPoolRoutes implements RouteGroup {

    private static final int LARGEST_BODY = 16 * 1024;
    private static final Set<String> SUPPORTED = Set.of("Azure", "local-process");

    private final FarmBus bus;
    private final Set<String> platforms;
    private final Handler<RoutingContext> gate;

    /**
     * @param platforms names of those that are configured
     * @param gate lets on only who shows credentials
     */
    public DynamicPoolRoutes(FarmBus bus, Set<String> platforms, Handler<RoutingContext> gate) {
        this.bus = bus;
        this.platforms = Set.copyOf(platforms);
        this.gate = gate;
    }

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/pools").handler(this::list);
        router.post("/dynamic-pool-resize").handler(gate).handler(this::resize);
    }

    /** The size of a pool, with the names of the Flamenco 2 protocol. */
    record Size(
            @JsonProperty("dedicatedNodes") int dedicatedNodes,
            @JsonProperty("lowPriorityNodes") int lowPriorityNodes) {

        static Size of(PoolSize size) {
            return new Size(size.dedicatedNodes(), size.lowPriorityNodes());
        }
    }

    /** A pool, with the names of the Flamenco 2 protocol. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pool(
            @JsonProperty("ID") String id,
            @JsonProperty("state") String state,
            @JsonProperty("allocationState") String allocationState,
            @JsonProperty("resizeError") @Nullable String resizeError,
            @JsonProperty("currentSize") Size currentSize,
            @JsonProperty("desiredSize") Size desiredSize,
            @JsonProperty("vmSize") @Nullable String vmSize) {

        static Pool of(PoolStatus status) {
            return new Pool(
                    status.id(),
                    status.state(),
                    status.allocationState(),
                    status.resizeError(),
                    Size.of(status.currentSize()),
                    Size.of(status.desiredSize()),
                    status.vmSize());
        }
    }

    /** The pools of a platform by their ids. */
    record PlatformView(
            @JsonProperty("name") String name,
            @JsonProperty("pools") Map<String, Pool> pools) {

        static PlatformView of(String name, List<PoolStatus> list) {
            Map<String, Pool> byId = new TreeMap<>();
            list.forEach(status -> byId.put(status.id(), Pool.of(status)));
            return new PlatformView(name, byId);
        }
    }

    /** All pools. */
    record PoolsView(
            @JsonProperty("is_refreshing") boolean refreshing,
            @JsonProperty("platforms") List<PlatformView> platforms) {

        static PoolsView of(Pools pools) {
            return new PoolsView(
                    pools.refreshing(),
                    pools.byPlatform().entrySet().stream()
                            .map(entry -> PlatformView.of(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }

    /** The wish for another size. */
    record ResizeRequest(
            @JsonProperty("platformName") @Nullable String platformName,
            @JsonProperty("poolID") @Nullable String poolId,
            @JsonProperty("desiredSize") @Nullable Size desiredSize) {

        Resize order() {
            Size size = desiredSize;
            String pool = poolId;
            if (size == null || pool == null || pool.isEmpty()) {
                throw new HttpFailure(400, "Name platformName, poolID and desiredSize.");
            }
            try {
                return new Resize(platform(), pool, new PoolSize(size.dedicatedNodes(), size.lowPriorityNodes()));
            } catch (IllegalArgumentException e) {
                throw new HttpFailure(400, "The size cannot be had: " + e.getMessage() + ".");
            }
        }

        String platform() {
            return platformName == null ? "" : platformName;
        }
    }

    private void list(RoutingContext context) {
        Future<Pools> pools = platforms.isEmpty()
                ? Future.succeededFuture(new Pools(false, Map.of()))
                : bus.ask(PoolOrders.WHICH_POOLS, new WhichPools());
        pools.onSuccess(known -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                    Answers.json(context, 200, PoolsView.of(known));
                })
                .onFailure(context::fail);
    }

    private void resize(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new HttpFailure(400, "Send the wish as application/json.");
        }
        Bodies.json(context, ResizeRequest.class, LARGEST_BODY)
                .onSuccess(request -> resize(context, request))
                .onFailure(context::fail);
    }

    private void resize(RoutingContext context, ResizeRequest request) {
        if (!platforms.contains(request.platform())) {
            Answers.text(
                    context,
                    501,
                    SUPPORTED.contains(request.platform())
                            ? "No configuration for this platform\n"
                            : "No support for this platform\n");
            return;
        }
        Future.succeededFuture(request)
                .map(ResizeRequest::order)
                .compose(order -> bus.ask(PoolOrders.RESIZE, order))
                .onSuccess(done -> Answers.nothing(context, 204))
                .onFailure(context::fail);
    }
}
