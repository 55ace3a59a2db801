package dev.ratchet.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a setting, at the record component that holds its value. The component's type says how the value is read, and
 * {@code reference.md} what the setting means.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Setting {
    String name();

    /** The default; empty: there is none, and the component is an {@code Optional}. */
    String defaultValue() default "";

    /** The least value of a number, or of a duration in seconds. */
    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;

    TextCheck check() default TextCheck.NONE;
}
