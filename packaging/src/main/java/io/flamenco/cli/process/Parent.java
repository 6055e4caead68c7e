package io.flamenco.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The process that started this one and holds its standard input open for as long as it lives. */
public final class Parent {

    private Parent() {}

    /** Ends this process, in good order, when the input ends; so it never outlives its parent. */
    public static void endWith(InputStream input) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // it ended all the same
            }
            System.exit(ExitCode.DONE);
        });
    }
}
