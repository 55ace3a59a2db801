/**
 * Avro in Confluent's wire format: magic byte 0, a 4-byte big-endian schema id, then the datum in Avro's binary encoding.
 *
 * <p>Two kinds of failure are kept apart, since one must stop the stream and the other must not. {@link
 * dev.ratchet.registry.RegistryException} says that the registry does not answer as it should, and the record may be good. Any
 * other {@link org.apache.kafka.common.errors.SerializationException} says that these bytes, or this record, are bad.
 */
package dev.ratchet.avro;
