/**
 * The demo: streams a recording through the real topology, on a broker and a registry in this process, and prints a
 * report.
 */
package dev.ratchet.demo;
