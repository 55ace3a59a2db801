package dev.ratchet.config;

/**
 * A value of a setting, with its origin.
 *
 * @param origin for people: {@code FILE:LINE}, {@code environment variable NAME} or {@code --set}
 */
record SettingValue(String name, String value, String origin) {
    /** An error message, which starts with the origin. */
    String mistake(String text) {
        return origin + ": " + text;
    }

    SettingValue withValue(String other) {
        return new SettingValue(name, other, origin);
    }

    String shown() {
        return SecretMask.show(name, value);
    }

    @Override
    public String toString() {
        return name + "=" + shown() + " (" + origin + ")";
    }
}
