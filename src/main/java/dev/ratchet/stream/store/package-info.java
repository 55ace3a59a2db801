/** RocksDB: the write-behind cache in front of it, transactional stores, its memory and its native library. */
package dev.ratchet.stream.store;
