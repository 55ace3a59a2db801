package dev.ratchet.config;

/**
 * One value that someone gave.
 *
 * @param origin for people: a path, {@code environment variable NAME} or {@code --set}
 */
record Given(String name, String value, String origin) {
    /** Says what is wrong with it, after where it stands. */
    String mistake(String text) {
        return origin + ": " + text;
    }

    Given withValue(String other) {
        return new Given(name, other, origin);
    }

    String shown() {
        return Secrets.show(name, value);
    }

    @Override
    public String toString() {
        return name + "=" + shown() + " (" + origin + ")";
    }
}
