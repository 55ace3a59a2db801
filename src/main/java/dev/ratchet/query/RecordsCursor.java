package dev.ratchet.query;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ratchet.http.Parameter;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the next page of a topic begins: an offset for each partition, as text that callers only pass back. */
final class RecordsCursor {
    private static final int MAX_LENGTH = 20_000;
    private static final String FORM = "\\d{1,6}:\\d{1,18}(,\\d{1,6}:\\d{1,18})*";

    static final Parameter<Map<Integer, Long>> PARAMETER = new Parameter<>(
            "cursor",
            Parameter.Place.QUERY,
            "Where to continue: 'next' of the page before.",
            "'next' of an earlier answer",
            Map.of("type", "string", "maxLength", MAX_LENGTH),
            Optional.empty(),
            RecordsCursor::read);

    private RecordsCursor() {}

    /** {@return the text of a cursor; null if there is no next page} */
    static @Nullable String write(Map<Integer, Long> offsets) {
        return offsets.isEmpty()
                ? null
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(new TreeMap<>(offsets)
                                .entrySet().stream()
                                        .map(one -> one.getKey() + ":" + one.getValue())
                                        .collect(Collectors.joining(","))
                                        .getBytes(US_ASCII));
    }

    private static @Nullable Map<Integer, Long> read(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String offsets = new String(Base64.getUrlDecoder().decode(text), US_ASCII);
        if (!offsets.matches(FORM)) {
            return null;
        }
        Map<Integer, Long> found = new TreeMap<>();
        for (String one : offsets.split(",", -1)) {
            int colon = one.indexOf(':');
            found.put(Integer.parseInt(one.substring(0, colon)), Long.parseLong(one.substring(colon + 1)));
        }
        return found;
    }
}
