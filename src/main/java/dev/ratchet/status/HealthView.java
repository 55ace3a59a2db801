package dev.ratchet.status;

import dev.ratchet.http.Meaning;
import java.util.List;

/** The result of a probe, in the form of MicroProfile and Quarkus. */
@Meaning("The result of a probe.")
record HealthView(
        @Meaning("DOWN if a check is.") Status status,
        @Meaning("All checks.") List<Check> checks) {

    /** The result of a probe or of a check. */
    enum Status {
        UP,
        DOWN;

        static Status of(boolean isUp) {
            return isUp ? UP : DOWN;
        }
    }

    @Meaning("One check.")
    record Check(
            @Meaning("What is checked.") String name,
            @Meaning("Its result.") Status status,
            @Meaning("Why, for a person.") String detail) {}

    static HealthView of(List<HealthCheck> checks) {
        return new HealthView(
                Status.of(checks.stream().allMatch(HealthCheck::up)),
                checks.stream()
                        .map(check -> new Check(check.name(), Status.of(check.up()), check.detail()))
                        .toList());
    }
}
