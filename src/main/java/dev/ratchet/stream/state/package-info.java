/** The state of the tasks of one partition: the task store and the store of captured outputs. */
package dev.ratchet.stream.state;
