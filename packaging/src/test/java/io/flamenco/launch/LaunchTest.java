package io.flamenco.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LaunchTest {

    private static final int CLASS_FILE_OF_JAVA_8 = 52;

    @Test
    void a_java_is_known_by_its_number_whatever_its_age() {
        assertThat(Launch.feature("1.8")).isEqualTo(8);
        assertThat(Launch.feature("17")).isEqualTo(17);
        assertThat(Launch.feature("25")).isEqualTo(25);
    }

    @Test
    void the_first_class_loads_on_java_8() throws IOException {
        try (InputStream file = Launch.class.getResourceAsStream("Launch.class");
                DataInputStream classFile = new DataInputStream(file)) {
            assertThat(classFile.readInt()).isEqualTo(0xCAFEBABE);
            assertThat(classFile.readUnsignedShort()).as("minor version").isZero();
            assertThat(classFile.readUnsignedShort()).isEqualTo(CLASS_FILE_OF_JAVA_8);
        }
    }
}
