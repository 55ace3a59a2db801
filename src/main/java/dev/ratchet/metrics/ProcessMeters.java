package dev.ratchet.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.nio.file.Path;
import java.util.List;

/** Metrics of the process: version, JVM, CPU, open files, free disk, log lines by level. */
final class ProcessMeters implements AutoCloseable {
    /** Present only after the collector had some, and no pause. */
    private static final String CONCURRENT_PHASES = "jvm.gc.concurrent.phase.time";

    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final LogbackMetrics log = new LogbackMetrics();

    /**
     * Publishes them.
     *
     * @param registry without meters so far
     * @param version of Ratchet
     * @param state the directory whose disk is watched; need not exist yet
     */
    ProcessMeters(MeterRegistry registry, String version, Path state) {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith(CONCURRENT_PHASES));
        Gauge.builder("ratchet.build.info", () -> 1)
                .description("Always 1; the label is the version of Ratchet that runs")
                .tag("version", version)
                .register(registry);
        List<MeterBinder> binders = List.of(
                gc,
                log,
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics(),
                new DiskSpaceMetrics(state.toFile()));
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** Stops listening to the garbage collector and to the log. The other metrics hold nothing. */
    @Override
    public void close() {
        gc.close();
        log.close();
    }
}
