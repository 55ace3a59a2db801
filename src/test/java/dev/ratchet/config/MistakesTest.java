package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
    @ParameterizedTest
    @ValueSource(strings = {"sécret", "se\ncret", "secret–"})
    void invalidRegistryTokenIsRejectedWithoutBeingShown(String token) {
        assertThat(TestSettings.mistakes("ratchet.serde.bearer.auth.token", token))
                .containsExactly(
                        "--set: Expected ratchet.serde.bearer.auth.token to be printable ASCII characters without"
                                + " spaces, but it contains others.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.num.stream.threads          | abc   | a whole number, but got 'abc'.
            kafka.consumer.session.timeout.ms | 8s    | a whole number, but got '8s'.
            kafka.max.poll.records            | 0     | a value that Kafka takes, but got '0': Value must be at least 1.
            kafka.enable.transactional.statestores | yes | true or false, but got 'yes'.
            kafka.rocksdb.config.setter       | x.No  | a class on the class path, but got 'x.No'.
            """)
    void valueRefusedByKafkaIsRejected(String name, String value, String expected) {
        assertThat(TestSettings.mistakes(name, value))
                .containsExactly("--set: Expected " + name + " to be " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.num.stream.threads, ' 2 '",
        "kafka.group.protocol, streams",
        "kafka.group.protocol, consumer",
        "kafka.my.plug-in.option, abc"
    })
    void valueAcceptedByAnyKafkaClientIsAccepted(String name, String value) {
        assertThat(TestSettings.mistakes(name, value)).isEmpty();
    }

    @Test
    void registryCredentialsWithoutSourceAreRejectedWithoutBeingShown() {
        assertThat(TestSettings.mistakes("ratchet.serde.basic.auth.user.info", "me:pass"))
                .containsExactly("--set: Expected ratchet.serde.basic.auth.credentials.source to be USER_INFO, since"
                        + " ratchet.serde.basic.auth.user.info is set, but it is not set.");
        assertThat(TestSettings.mistakes("ratchet.serde.bearer.auth.credentials.source", "STATIC_TOKEN"))
                .containsExactly("--set: Expected ratchet.serde.bearer.auth.token to be set, since"
                        + " ratchet.serde.bearer.auth.credentials.source is STATIC_TOKEN, but it is not.");
        assertThat(TestSettings.mistakes(() -> TestSettings.overrides(Map.of(
                        "ratchet.serde.basic.auth.credentials.source",
                        "USER_INFO",
                        "ratchet.serde.basic.auth.user.info",
                        "me:pass"))))
                .isEmpty();
        assertThat(TestSettings.mistakes(() -> TestSettings.overrides(Map.of(
                        "ratchet.serde.basic.auth.credentials.source",
                        "USER_INFO",
                        "ratchet.serde.basic.auth.user.info",
                        "${env:NONE}"))))
                .as("told once")
                .hasSize(1);
    }

    @Test
    void kafkaSettingsControlledByRatchetAreRejected() {
        assertThat(TestSettings.mistakes("kafka.application.id", "mine"))
                .containsExactly(
                        "--set: Expected kafka.application.id not to be set, but got 'mine': set ratchet.application.id.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ratchet.application.id           | my app           | 1 to 249 letters, digits, '.', '_' or '-', and not just '.' or '..'
            ratchet.application.id           | ..               | 1 to 249 letters, digits, '.', '_' or '-', and not just '.' or '..'
            ratchet.source                   | Kafka            | native or debezium
            ratchet.source.offset            | -1               | a whole number of at least 0
            ratchet.topic.events             | a/b              | 1 to 249 letters, digits, '.', '_' or '-', and not just '.' or '..'
            ratchet.topic.partitions         | 0                | a whole number of at least 1
            ratchet.topic.partitions         | eighty           | a whole number of at least 1
            ratchet.topic.partitions         | 3000000000       | a whole number of at least 1
            ratchet.topic.replication.factor | 0                | -1 or a whole number of at least 1
            ratchet.topic.replication.factor | -2               | -1 or a whole number of at least 1
            ratchet.topic.retention          | a week           | an ISO-8601 duration of at least PT1M, such as P7D
            ratchet.topic.retention          | PT59S            | an ISO-8601 duration of at least PT1M, such as P7D
            ratchet.topic.retention          | P99999999999999D | an ISO-8601 duration of at least PT1M, such as P7D
            ratchet.rejections.duplicates    | yes              | true or false
            ratchet.state.dir                | ''               | the path of a folder
            ratchet.schema.registry.url      | localhost:8081   | http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME
            ratchet.conductor.url            | http://a/api?b=c | http(s)://HOST[:PORT][/PATH]
            ratchet.conductor.url            | localhost:8080   | http(s)://HOST[:PORT][/PATH]
            ratchet.conductor.url            | ftp://host/api   | http(s)://HOST[:PORT][/PATH]
            ratchet.conductor.url            | /api             | http(s)://HOST[:PORT][/PATH]
            ratchet.conductor.url            | http://a/api#x   | http(s)://HOST[:PORT][/PATH]
            ratchet.schema.registry.url      | http://a#b       | http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME
            ratchet.schema.registry.url      | http://a,        | http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME
            ratchet.value.serializer          | x.Missing        | a class on the class path that is a Kafka Serializer, with a public constructor without parameters
            ratchet.value.serializer          | java.lang.String | a class on the class path that is a Kafka Serializer, with a public constructor without parameters
            ratchet.value.deserializer        | dev.ratchet.avro.AvroDeserializer | a class on the class path that is a Kafka Deserializer, with a public constructor without parameters
            ratchet.schema.registry.url      | mock://          | http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME
            """)
    void valueOutOfRangeIsRejectedWithValidRange(String name, String value, String expected) {
        assertThat(TestSettings.mistakes(name, value))
                .containsExactly("--set: Expected " + name + " to be " + expected + ", but got '" + value + "'.");
    }

    @ParameterizedTest
    @CsvSource({
        "ratchet.schema.registry.url, 'http://a:8081, https://b/apis/ccompat/v7'",
        "ratchet.schema.registry.url, mock://demo",
        "ratchet.value.deserializer, org.apache.kafka.common.serialization.ByteArrayDeserializer",
        "ratchet.topic.replication.factor, 3",
        "ratchet.rejections.duplicates, TRUE",
        "ratchet.topic.retention, PT36H"
    })
    void valueInRangeIsAccepted(String name, String value) {
        assertThat(TestSettings.mistakes(name, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ratchet.topic.event               | : did you mean ratchet.topic.events?
            topic.events                      | : did you mean ratchet.topic.events?
            ratchet.topic.deadletters         | : did you mean ratchet.topic.dead-letters?
            bootstrap.servers                 | : did you mean kafka.bootstrap.servers?
            ratchet.serde.schema.registry.url | : did you mean ratchet.schema.registry.url?
            ratchet.colour                    | .
            ratchet.serde.value.serializer    | : did you mean ratchet.value.serializer?
            ratchet.serde.                    | .
            """)
    void unknownNameIsRejectedWithSuggestion(String name, String hint) {
        assertThat(TestSettings.mistakes(name, "x"))
                .containsExactly("--set: Expected a known setting, but got " + name + hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conductor.public.task", "conductor_public.task"})
    void similarTopicNamesAreRejected(String name) {
        assertThat(TestSettings.mistakes("ratchet.topic.alerts", name))
                .containsExactly("--set: Expected ratchet.topic.cdc and ratchet.topic.alerts to differ by more than '.'"
                        + " and '_', but got 'conductor.public.task' and '" + name + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.max.request.size", "kafka.producer.max.request.size"})
    void requestSizeMustFitLargestRecord(String name) {
        assertThat(TestSettings.mistakes(name, "589824")).isEmpty();
        assertThat(TestSettings.mistakes(name, "589823"))
                .containsExactly("--set: Expected " + name + " to be at least 589824, which is"
                        + " ratchet.repair.capture.max.bytes and 65536 for the rest of a record, but got '589823'.");
        assertThat(TestSettings.mistakes(() ->
                        TestSettings.overrides(Map.of("ratchet.repair.capture.max.bytes", "900000", name, "900000"))))
                .singleElement()
                .asString()
                .contains("at least 965536");
        assertThat(TestSettings.mistakes(
                        () -> TestSettings.overrides(Map.of("ratchet.repair.capture.max.bytes", "0", name, "65536"))))
                .isEmpty();
    }

    @Test
    void requiredSettingsMustBeSet() {
        assertThat(TestSettings.mistakes(() -> Settings.load(
                        Optional.empty(),
                        Map.of("KAFKA_BOOTSTRAP_SERVERS", ""),
                        Map.of(),
                        Settings.BOOTSTRAP_SERVERS,
                        Settings.SCHEMA_REGISTRY_URL)))
                .containsExactly(
                        "Expected kafka.bootstrap.servers to be set, in the file, as environment variable"
                                + " KAFKA_BOOTSTRAP_SERVERS or with --set, but it is not.",
                        "Expected ratchet.schema.registry.url to be set, in the file, as environment variable"
                                + " RATCHET_SCHEMA_REGISTRY_URL or with --set, but it is not.");
    }

    @Test
    void allMistakesAreReportedTogetherWithTheirOrigin() {
        List<String> mistakes = TestSettings.mistakes(() -> Settings.load(
                Optional.empty(),
                Map.of("RATCHET_TOPIC_PARTITIONS", "many", "RATCHET_SOURCE_OFFSET", "${env:NONE}"),
                Map.of("rachet.source", "native", "ratchet.rejections.duplicates", "no"),
                Settings.BOOTSTRAP_SERVERS));
        assertThat(mistakes)
                .hasSize(5)
                .contains(
                        "--set: Expected a known setting, but got rachet.source: did you mean ratchet.source?",
                        "environment variable RATCHET_TOPIC_PARTITIONS: Expected ratchet.topic.partitions to be a whole"
                                + " number of at least 1, but got 'many'.",
                        "--set: Expected ratchet.rejections.duplicates to be true or false, but got 'no'.");
    }
}
