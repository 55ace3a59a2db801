package dev.ratchet.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings reference, as Markdown: {@code reference.md}, which explains the settings, and what their declarations say. */
public final class SettingsReference {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(ratchet[^`*]+)` \\| (.*) \\|$");

    private SettingsReference() {}

    public static String markdown() {
        String page = template()
                .replace("{hidden}", SettingValue.HIDDEN)
                .replace("{secrets}", quoted(SettingValue.SECRET_PARTS))
                .replace("{reserved}", quoted(KafkaSettingValidator.RESERVED.keySet()));
        return ROW.matcher(page).replaceAll(row -> Matcher.quoteReplacement(row(row.group(1), row.group(2))));
    }

    private static String row(String name, String meaning) {
        String defaultValue = SettingDefinitions.defaultValue(name);
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        name,
                        EnvironmentVariables.variable(name),
                        Objects.requireNonNull(SettingDefinitions.ALL.get(name), name)
                                .expectation(),
                        defaultValue.isEmpty() ? "none" : "`" + defaultValue + "`",
                        meaning);
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String template() {
        try (InputStream in = SettingsReference.class.getResourceAsStream("reference.md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
