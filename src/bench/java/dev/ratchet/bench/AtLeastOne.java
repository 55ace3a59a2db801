package dev.ratchet.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Of options that say how many: a whole number of at least 1. */
final class AtLeastOne implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String given) {
        try {
            int number = Integer.parseInt(given);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as what is too small is
        }
        throw new TypeConversionException("expected a whole number of at least 1, but got '" + given + "'");
    }
}
