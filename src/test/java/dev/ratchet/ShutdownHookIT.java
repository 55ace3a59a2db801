package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a process ends of which a part never closes. */
class ShutdownHookIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void toldToEndItIsHaltedWithTheExitCodeOfTheSignal() throws Exception {
        Process process = start("waits");
        await().atMost(PATIENCE).until(() -> output().contains("ready"));
        process.destroy();
        assertThat(ended(process)).as(output()).isEqualTo(143);
        assertThat(output()).contains("still open: [shutdown-stream at [");
    }

    @Test
    void aThreadThatDiesUnseenEndsItWithExitCode1() throws Exception {
        Process process = start("dies");
        assertThat(ended(process)).as(output()).isEqualTo(1);
        assertThat(output())
                .contains("RATCHET-2003", "thread=unlucky", "NoClassDefFoundError: gone", "\tat ")
                .contains("still open: [shutdown-stream at [");
    }

    private Process start(String what) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NeverClosing.class.getName(),
                        what)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private int ended(Process process) throws Exception {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private String output() throws Exception {
        return Files.readString(log());
    }

    /** The process. */
    public static final class NeverClosing {
        private NeverClosing() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            ShutdownHook shutdown = new ShutdownHook(Duration.ofSeconds(1));
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrorHandler(shutdown::exit));
            shutdown.add("stream", never::await);
            if (arguments[0].equals("dies")) {
                Thread unlucky = new Thread(
                        () -> {
                            throw new NoClassDefFoundError("gone");
                        },
                        "unlucky");
                unlucky.start();
            }
            System.out.println("ready");
            never.await();
        }
    }
}
