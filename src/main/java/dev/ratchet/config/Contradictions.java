package dev.ratchet.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that are fine each, and contradict each other or have no effect together. */
final class Contradictions {
    /** After so long Conductor queues a task again that fell back to SCHEDULED. */
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(30);

    private Contradictions() {}

    /** {@return what is wrong, for people} A value that its own check rejects is not looked at. */
    static List<String> mistakes(Map<String, SettingValue> given) {
        List<String> mistakes = new ArrayList<>();
        requireConductor(given, RepairSettings.MODE, "apply").ifPresent(mistakes::add);
        requireConductor(given, AuditSettings.MODE, "on").ifPresent(mistakes::add);
        SettingValue settle = given.get(RepairSettings.SETTLE);
        Optional<Duration> capture = duration(given, RepairSettings.CAPTURE);
        if (settle != null && capture.isPresent()) {
            duration(given, RepairSettings.SETTLE)
                    .filter(longest -> longest.compareTo(capture.get()) >= 0)
                    .ifPresent(longest -> mistakes.add(settle.mistake("Expected " + RepairSettings.SETTLE
                            + " to be shorter than " + RepairSettings.CAPTURE + ", which is " + capture.get()
                            + ", but got '" + settle.shown()
                            + "': the output of a task would be gone before the task is repaired.")));
        }
        return mistakes;
    }

    /** {@return what is allowed and seldom meant, for people} */
    static List<String> warnings(Map<String, SettingValue> given) {
        SettingValue settle = given.get(RepairSettings.SETTLE);
        Optional<Duration> longest = duration(given, RepairSettings.SETTLE);
        if (settle == null || longest.isEmpty() || longest.get().compareTo(LONGEST_SETTLE) <= 0) {
            return List.of();
        }
        return List.of(settle.mistake("Expected " + RepairSettings.SETTLE + " to be at most " + LONGEST_SETTLE
                + ", but got '" + settle.shown()
                + "'. Conductor executes a task that fell back to SCHEDULED a second time before it is repaired."));
    }

    private static Optional<String> requireConductor(Map<String, SettingValue> given, String mode, String value) {
        SettingValue one = given.get(mode);
        SettingValue url = given.get(ConductorSettings.URL);
        if (one == null
                || !one.value().strip().equals(value)
                || (url != null && !url.value().isBlank())) {
            return Optional.empty();
        }
        return Optional.of(one.mistake("Expected " + ConductorSettings.URL + " to be set, since " + mode + " is "
                + value + ", but it is not: without it nothing is asked or repaired."));
    }

    private static Optional<Duration> duration(Map<String, SettingValue> given, String name) {
        try {
            return Optional.of(Duration.parse(SettingDefinitions.value(given, name)));
        } catch (DateTimeParseException noDuration) {
            return Optional.empty();
        }
    }
}
