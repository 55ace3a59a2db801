/** What all metrics share. Micrometer holds them, and Prometheus reads them at {@code /metrics}. */
package dev.ratchet.metrics;
