/** The binary formats of the state stores: how the state of a task and its captured output are encoded. */
package dev.ratchet.state;
