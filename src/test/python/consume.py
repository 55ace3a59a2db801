"""Prints each status change as one JSON line: consume.py BOOTSTRAP_SERVERS REGISTRY_URL SCHEMA_FILE"""

import io
import json
import struct
import sys
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer


class ChangeDecoder:
    """Decodes Confluent's wire format: a zero byte, the id of the writer's schema in four bytes, the Avro datum."""

    def __init__(self, registry_url, schema_file):
        self.registry_url = registry_url
        with open(schema_file) as file:
            self.reader_schema = avro.schema.parse(file.read())
        self.readers = {}

    def decode(self, value):
        magic, schema_id = struct.unpack(">bI", value[:5])
        if magic != 0:
            raise ValueError(f"Expected magic byte 0, but got {magic}")
        if schema_id not in self.readers:
            with urllib.request.urlopen(f"{self.registry_url}/schemas/ids/{schema_id}", timeout=10) as answer:
                writer_schema = avro.schema.parse(json.load(answer)["schema"])
            self.readers[schema_id] = avro.io.DatumReader(writer_schema, self.reader_schema)
        return self.readers[schema_id].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


def main(bootstrap_servers, registry_url, schema_file):
    decoder = ChangeDecoder(registry_url, schema_file)
    consumer = Consumer({
        "bootstrap.servers": bootstrap_servers,
        "group.id": "my-python-service",
        "isolation.level": "read_committed",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    })
    consumer.subscribe(["task-status-changelog"])
    revisions = {}  # a table of a database in a real service
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            raise RuntimeError(message.error())
        task_id = message.key().decode()
        if message.value() is None:  # a tombstone: Ratchet has deleted the task
            revisions.pop(task_id, None)
            continue
        change = decoder.decode(message.value())
        if change["revision"] > revisions.get(task_id, 0):  # otherwise it was applied before a failure
            print(json.dumps(change, default=str), flush=True)
            revisions[task_id] = change["revision"]
        consumer.commit(message)


if __name__ == "__main__":
    main(*sys.argv[1:])
