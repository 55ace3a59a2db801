package dev.ratchet.avro;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.util.ClassUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTypeTest {
    @Test
    void onlyPackageOfGivenClassIsTrusted() {
        assertThatThrownBy(() -> ClassUtils.forName(Test.class.getName())).isInstanceOf(SecurityException.class);

        RecordType.trustPackageOf(Test.class);

        assertThatCode(() -> ClassUtils.forName(Test.class.getName())).doesNotThrowAnyException();
        assertThatCode(() -> ClassUtils.forName(String.class.getName())).doesNotThrowAnyException();
        // The package below it is another package.
        assertThatThrownBy(() -> ClassUtils.forName(TempDir.class.getName())).isInstanceOf(SecurityException.class);
    }
}
