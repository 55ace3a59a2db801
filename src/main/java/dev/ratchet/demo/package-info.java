/** The demo: a broker and a registry in the process, a recording through the real topology, and a readable account. */
package dev.ratchet.demo;
