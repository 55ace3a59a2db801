/** Reads Ratchet's topics for people: {@code ratchet tail}, {@code verify} and {@code dead-letters}. Without a group. */
package dev.ratchet.inspect;
