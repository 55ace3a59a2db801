package dev.ratchet.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.http.Parameter;
import dev.ratchet.v1.AlertKind;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last alert of a page, as text that callers only pass back. Alerts that are opened or resolved do not shift pages. */
final class AlertCursor {
    private static final int MAX_LENGTH = 2_000;
    private static final String SEPARATOR = "\n";

    static final Parameter<AlertView> PARAMETER = new Parameter<>(
            "cursor",
            Parameter.Place.QUERY,
            "Where to continue: 'next' of the page before.",
            "'next' of an earlier answer",
            Map.of("type", "string", "maxLength", MAX_LENGTH),
            Optional.empty(),
            AlertCursor::read);

    private AlertCursor() {}

    static String write(AlertView last) {
        String text = last.openedAt().toEpochMilli() + SEPARATOR + last.kind() + SEPARATOR + last.taskId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static @Nullable AlertView read(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, 3);
        return new AlertView(
                AlertKind.valueOf(parts[1]), parts[2], "", "", "", "", Instant.ofEpochMilli(Long.parseLong(parts[0])));
    }
}
