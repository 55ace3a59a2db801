/**
 * The stores of one partition: tasks, captured outputs, timers and their time budget. Below them RocksDB with its write-behind
 * cache, memory limit and native library.
 */
package dev.ratchet.stream.state;
