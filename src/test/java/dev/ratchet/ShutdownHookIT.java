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

/** How a process ends if a part never closes. */
class ShutdownHookIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void terminatedProcessHaltsWithExitCodeOfSignal() throws Exception {
        Process process = start("waits");
        await().atMost(TIMEOUT).until(() -> output().contains("ready"));
        process.destroy();
        assertThat(completed(process)).as(output()).isEqualTo(143);
        assertThat(output()).contains("still open: [shutdown-stream at [");
    }

    @Test
    void uncaughtErrorEndsProcessWithExitCode1() throws Exception {
        Process process = start("dies");
        assertThat(completed(process)).as(output()).isEqualTo(1);
        assertThat(output())
                .contains("RATCHET-2003", "thread=unlucky", "NoClassDefFoundError: gone", "\tat ")
                .contains("still open: [shutdown-stream at [");
    }

    private Process start(String what) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NeverClosingProcess.class.getName(),
                        what)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private int completed(Process process) throws Exception {
        try {
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
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

    /** Main class of the process. */
    public static final class NeverClosingProcess {
        private NeverClosingProcess() {}

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
