package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.TaskDraft;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds up the tasks of one edit that is rendered in pieces. */
final class VideoChunksTasks {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy_MM_dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final JobSettings settings;
    private final Drafts drafts = new Drafts();
    private final Instant created;
    private final FrameRange frames;
    private final FarmPath target;
    private final FarmPath work;
    private final String extension;
    private final String blender;
    private final String file;
    private final List<Integer> videos = new ArrayList<>();
    private List<Integer> begun = List.of();
    private List<Integer> beforeRendering = List.of();

    VideoChunksTasks(JobToCompile job, JobSettings settings) throws CompilationFailure {
        this.settings = settings;
        this.created = job.created();
        this.frames = settings.frames();
        this.target = new FarmPath(settings.text("render_output")).parent();
        this.work = target.child("frames");
        this.extension = settings.text("output_file_extension");
        this.blender = BlenderJob.blender(settings);
        this.file = BlenderJob.file(settings);
    }

    List<TaskDraft> drafts() {
        return drafts.tasks();
    }

    /** What comes before all rendering. */
    void begin() throws CompilationFailure {
        begun = List.of(drafts.add(
                "move-out-of-way",
                TaskTypes.FILE_MANAGEMENT,
                List.of(),
                command("move_out_of_way", "src", work.text())));
        beforeRendering = BlenderJob.overrides(settings, drafts, begun);
    }

    /** Renders each piece and makes a video of it. */
    void addChunks() throws CompilationFailure {
        for (FrameRange chunk : frames.chunks(settings.positive("chunk_size"))) {
            String name = String.format(Locale.ROOT, "chunk-%05d-%05d", chunk.first(), chunk.last());
            int pictures = drafts.add(
                    "frame-chunk-" + chunk.merged(),
                    TaskTypes.BLENDER_RENDER,
                    beforeRendering,
                    command(
                            "blender_render",
                            "blender_cmd",
                            blender,
                            "filepath",
                            file,
                            "format",
                            "JPEG",
                            "render_output",
                            work.child(name).child("######.jpg").text(),
                            "frames",
                            chunk.blenderStyle()));
            videos.add(drafts.add(
                    "video-chunk-" + chunk.merged(),
                    TaskTypes.VIDEO_ENCODING,
                    List.of(pictures),
                    command(
                            "create_video",
                            "input_files",
                            work.child(name).child("*.jpg").text(),
                            "output_file",
                            work.child(name + extension).text(),
                            "fps",
                            settings.number("fps"),
                            "ffmpeg_cmd",
                            "{ffmpeg}")));
        }
    }

    /** Joins the pieces, and the sound when there is some, and puts the film in its final place. */
    void join() throws CompilationFailure {
        boolean sound = settings.yes("extract_audio");
        List<Integer> encoded = sound ? addSound() : List.of();
        int joined = drafts.add(
                "concatenate-videos",
                TaskTypes.VIDEO_ENCODING,
                videos,
                command(
                        "concatenate_videos",
                        "input_files",
                        work.child("chunk-*" + extension).text(),
                        "output_file",
                        work.child("video" + extension).text(),
                        "ffmpeg_cmd",
                        "{ffmpeg}",
                        "counter_in_output_name",
                        false));
        int film = sound ? addMux(encoded.getFirst(), joined) : joined;
        drafts.add(
                "move-with-counter",
                TaskTypes.FILE_MANAGEMENT,
                List.of(film),
                command(
                        "move_with_counter",
                        "src",
                        work.child((sound ? "muxed" : "video") + extension).text(),
                        "dest",
                        target.child(DAY.format(created) + "-" + new FarmPath(file).stem() + extension)
                                .text()));
    }

    private List<Integer> addSound() {
        int rendered = drafts.add(
                "render-audio",
                TaskTypes.BLENDER_RENDER,
                begun,
                command(
                        "blender_render_audio",
                        "blender_cmd",
                        blender,
                        "filepath",
                        file,
                        "render_output",
                        work.child("audio.flac").text(),
                        "frame_start",
                        frames.first(),
                        "frame_end",
                        frames.last()));
        int encoded = drafts.add(
                "encode-audio",
                TaskTypes.VIDEO_ENCODING,
                List.of(rendered),
                command(
                        "encode_audio",
                        "input_file",
                        work.child("audio.flac").text(),
                        "codec",
                        "aac",
                        "bitrate",
                        "192k",
                        "output_file",
                        work.child("audio.aac").text(),
                        "ffmpeg_cmd",
                        "{ffmpeg}"));
        return List.of(encoded);
    }

    private int addMux(int encoded, int joined) {
        return drafts.add(
                "mux-audio-video",
                TaskTypes.VIDEO_ENCODING,
                List.of(encoded, joined),
                command(
                        "mux_audio",
                        "audio_file",
                        work.child("audio.aac").text(),
                        "video_file",
                        work.child("video" + extension).text(),
                        "output_file",
                        work.child("muxed" + extension).text(),
                        "ffmpeg_cmd",
                        "{ffmpeg}"));
    }
}
