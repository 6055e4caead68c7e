package io.flamenco.server.compile;

/** What Workers must support to run our tasks. */
final class TaskTypes {

    static final String SLEEP = "sleep";
    static final String DEBUG = "debug";
    static final String BLENDER_RENDER = "blender-render";
    static final String EXR_MERGE = "exr-merge";
    static final String FILE_MANAGEMENT = "file-management";
    static final String VIDEO_ENCODING = "video-encoding";
    static final String TEST_PATTERN = "test-pattern";

    private TaskTypes() {}
}
