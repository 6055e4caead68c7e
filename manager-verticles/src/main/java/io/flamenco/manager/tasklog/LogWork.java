package io.flamenco.manager.tasklog;

import io.flamenco.shared.id.TaskId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is to be done to the log of one task, in order. Texts that follow each other are written as one. */
final class LogWork {

    private final TaskId task;
    private final Path file;
    private final List<Step> steps = new ArrayList<>();

    /** One thing to do. */
    sealed interface Step {

        /** Text to add; a line break is added where the last one is missing. */
        record Append(StringBuilder text) implements Step {}

        /** The current file becomes number 1. */
        record Rotate() implements Step {}
    }

    LogWork(TaskId task, Path file) {
        this.task = task;
        this.file = file;
    }

    TaskId task() {
        return task;
    }

    Path file() {
        return file;
    }

    List<Step> steps() {
        return steps;
    }

    void append(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (steps.isEmpty() || !(steps.getLast() instanceof Step.Append)) {
            steps.add(new Step.Append(new StringBuilder()));
        }
        if (steps.getLast() instanceof Step.Append last) {
            last.text().append(text);
            if (!text.endsWith("\n")) {
                last.text().append('\n');
            }
        }
    }

    void rotate() {
        steps.add(new Step.Rotate());
    }

    /** What was to be done from that step on. */
    LogWork from(int step) {
        LogWork left = new LogWork(task, file);
        left.steps.addAll(steps.subList(step, steps.size()));
        return left;
    }

    /** Does this first and then the other. */
    LogWork then(LogWork later) {
        for (Step step : later.steps) {
            switch (step) {
                case Step.Append append -> append(append.text().toString());
                case Step.Rotate rotate -> rotate();
            }
        }
        return this;
    }

    /** How much text is to be added, in characters. */
    int length() {
        int length = 0;
        for (Step step : steps) {
            length += step instanceof Step.Append(StringBuilder text) ? text.length() : 0;
        }
        return length;
    }
}
