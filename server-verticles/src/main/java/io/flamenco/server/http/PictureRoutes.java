package io.flamenco.server.http;

import io.flamenco.server.files.JobPictures;
import io.flamenco.server.files.JobPictures.Picture;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts.JobPictureAdded;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Small pictures of what tasks make: Managers send them, people see the last ones of a job. */
final class PictureRoutes {

    private static final long LARGEST_PICTURE_BYTES = 128L << 10;

    /** How every JPEG begins: nothing else is handed out under our address. */
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private static final String FRAME = "\\d{1,8}";

    private final Tasks tasks;
    private final ManagerLogin login;
    private final JobPictures pictures;
    private final FarmBus bus;
    private final Clock clock;

    PictureRoutes(Tasks tasks, Managers managers, JobPictures pictures, FarmBus bus, Clock clock) {
        this.tasks = tasks;
        this.login = new ManagerLogin(managers);
        this.pictures = pictures;
        this.bus = bus;
        this.clock = clock;
    }

    void mountForManagers(Router router) {
        String path = "/api/flamenco/managers/:mid/tasks/:tid/picture";
        router.post(path).handler(login::guard);
        router.post(path).handler(new LimitedBody(LARGEST_PICTURE_BYTES)).handler(Answering.with(this::take));
    }

    void mountForPeople(Router router, String base) {
        router.get(base + "/jobs/:jid/pictures").handler(Answering.with(this::list));
        router.get(base + "/jobs/:jid/pictures/latest").handler(Answering.with(this::sendLatest));
        router.get(base + "/jobs/:jid/pictures/:name").handler(Answering.with(this::send));
    }

    private Future<Void> take(RoutingContext context) {
        ManagerId manager = ManagerLogin.known(context);
        TaskId id = Requests.id(context, "tid", TaskId::new);
        Optional<Integer> frame = frame(context);
        Buffer jpeg = jpeg(context);
        return tasks.find(id).compose(found -> {
            StoredTask task = found.filter(mine -> mine.state().manager().equals(manager))
                    .orElseThrow(() -> new HttpFailure(404, "There is no such task of yours."));
            Picture picture = new Picture(clock.instant().truncatedTo(ChronoUnit.MILLIS), id, frame);
            JobId job = task.state().job();
            return pictures.keep(job, picture, jpeg)
                    .onSuccess(kept -> tell(job, picture))
                    .compose(kept -> Answers.nothing(context));
        });
    }

    private static Optional<Integer> frame(RoutingContext context) {
        return Requests.query(context, "frame").map(text -> {
            if (text.matches(FRAME)) {
                return Integer.valueOf(text);
            }
            throw new HttpFailure(400, "The parameter frame must be a number of at most 8 digits.");
        });
    }

    private static Buffer jpeg(RoutingContext context) {
        Buffer body = context.body().buffer();
        boolean fine = body != null
                && body.length() > JPEG.length
                && Buffer.buffer(JPEG).equals(body.slice(0, JPEG.length));
        if (fine) {
            return body;
        }
        throw new HttpFailure(415, "The body must be a JPEG picture.");
    }

    private void tell(JobId job, Picture picture) {
        bus.tell(
                Addresses.SERVER_JOB_PICTURE_ADDED,
                new JobPictureAdded(
                        job, picture.task(), url(job, picture), picture.frame().orElse(null), picture.at()));
    }

    private static String url(JobId job, Picture picture) {
        return "/api/v1/jobs/" + job + "/pictures/" + picture.name();
    }

    private Future<Void> list(RoutingContext context) {
        JobId job = Requests.id(context, "jid", JobId::new);
        return pictures.list(job).compose(all -> {
            JsonArray list = new JsonArray();
            all.forEach(picture -> list.add(shown(job, picture)));
            return Answers.json(context, new JsonObject().put("pictures", list));
        });
    }

    private static JsonObject shown(JobId job, Picture picture) {
        return new JsonObject()
                .put("url", url(job, picture))
                .put("task", picture.task().hex())
                .put("frame", picture.frame().orElse(null))
                .put("at", picture.at().toString());
    }

    /** The newest picture, for lists of jobs: nothing when there is none, which is no mistake of who asks. */
    private Future<Void> sendLatest(RoutingContext context) {
        JobId job = Requests.id(context, "jid", JobId::new);
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        return pictures.list(job).compose(all -> {
            if (all.isEmpty()) {
                return Answers.nothing(context);
            }
            Picture latest = all.getLast();
            return Answers.known(context, '"' + latest.name() + '"')
                    ? Answers.unchanged(context)
                    : sendJpeg(context, pictures.file(job, latest).toString());
        });
    }

    /** A picture never changes, so a browser may keep it. */
    private Future<Void> send(RoutingContext context) {
        JobId job = Requests.id(context, "jid", JobId::new);
        String file = Picture.named(context.pathParam("name"))
                .map(picture -> pictures.file(job, picture).toString())
                .orElseThrow(PictureRoutes::none);
        return context.vertx().fileSystem().exists(file).compose(there -> {
            if (!there) {
                throw none();
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=86400, immutable");
            return sendJpeg(context, file);
        });
    }

    private static Future<Void> sendJpeg(RoutingContext context, String file) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "image/jpeg")
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .sendFile(file);
    }

    private static HttpFailure none() {
        return new HttpFailure(404, "There is no such picture; the last " + JobPictures.MOST + " of a job are kept.");
    }
}
