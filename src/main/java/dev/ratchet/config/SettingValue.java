package dev.ratchet.config;

/**
 * One value that someone gave.
 *
 * @param origin for people: {@code FILE:LINE}, {@code environment variable NAME} or {@code --set}
 */
record SettingValue(String name, String value, String origin) {
    /** Says what is wrong with it, after where it stands. */
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
