package dev.ratchet.config;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The settings reference, as Markdown. */
public final class SettingsReference {
    private static final String HEAD = """
            # Settings

            Written from the declarations in `dev.ratchet.config` by `mvn -Dgolden.write test`; edit those.

            A file of settings has Java's properties form, in UTF-8: `name=value` on each line, `#` before a comment, and
            `\\\\` for a backslash. It is given with `--config FILE`. The environment wins over the file, and
            `--set name=value` over both. The variable of a setting is its name in capitals, with `_` for `.` and `-`.
            An unknown name in the file or in `--set` is an error; a variable `RATCHET_...` that sets nothing only causes a
            warning. All errors are reported at once, each with its place. `ratchet config --config FILE` shows the
            effective settings, and where each was set.

            **Values from elsewhere.** `${env:NAME}` in a value stands for an environment variable, and
            `${file:/path/to/file:key}` for an entry of a properties file, such as a mounted secret. A reference without
            a value is an error. References to further providers, set up as `kafka.config.providers`, are left to Kafka.

            **Secrets** are shown as `%s`: what Kafka declares as a password, and any other setting whose name
            contains %s. So are a user and password within an address.

            """;

    private static final String PASSED_THROUGH = """
            ## Passed through

            | setting | environment | meaning |
            | --- | --- | --- |
            | `kafka.*` | `KAFKA_*` | Any setting of Kafka Streams and its clients, without the prefix. `kafka.bootstrap.servers` is \
            needed by `run`. A client of Streams has its own prefix: `kafka.producer.linger.ms`, also `consumer.`, \
            `main.consumer.`, `restore.consumer.`, `global.consumer.`, `admin.`, and `topic.` for internal topics. From the \
            environment only names that Kafka knows are taken, so that `KAFKA_HEAP_OPTS` is left alone. \
            Ratchet warns at start about names that Kafka does not know, because only a plug-in could read them; a value that \
            Kafka does not accept is an error. Where you set \
            nothing, for the stream `batch.size` is `65536`, `receive.buffer.bytes` is `-1`, `session.timeout.ms` is `8000`, \
            `heartbeat.interval.ms` is `2000` and `producer.transaction.timeout.ms` is 5 s more than the session timeout. \
            `processing.guarantee` may only be `exactly_once_v2`. |
            | `ratchet.serde.*` | `RATCHET_SERDE_*` | Any setting of the Avro serdes, without the prefix, such as \
            `ratchet.serde.basic.auth.user.info` or `ratchet.serde.auto.register.schemas`. In the environment `_` stands for \
            `.`. |
            """;

    private SettingsReference() {}

    /** {@return the whole page} */
    public static String markdown() {
        return HEAD.formatted(SecretMask.HIDDEN, quoted(SecretMask.PARTS))
                + SettingDefinitions.DEFINITION.groups().stream()
                        .map(SettingsReference::table)
                        .collect(Collectors.joining())
                + PASSED_THROUGH
                + "\nThese settings of Kafka are rejected, because Ratchet sets them itself: "
                + quoted(ReservedKafkaSettings.NAMES.keySet()) + ".\n";
    }

    private static String table(String group) {
        return SettingDefinitions.in(group).stream()
                .map(SettingsReference::row)
                .collect(Collectors.joining(
                        "\n",
                        "## " + group + "\n\n"
                                + "| setting | environment | what it may be | default | meaning |\n"
                                + "| --- | --- | --- | --- | --- |\n",
                        "\n\n"));
    }

    private static String row(ConfigKey key) {
        String preset = key.defaultValue != null ? "`" + SettingDefinitions.preset(key) + "`" : "none";
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(key.name, EnvironmentVariables.variable(key.name), key.validator, preset, key.documentation);
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
