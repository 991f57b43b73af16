package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every text that is read as an address. */
class AddressProperties {

  @Property
  void anyTextIsReadOrRefusedAndWhatIsReadIsSafeOnACommandLine(@ForAll String text) {
    Address address;
    try {
      address = Address.parse(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(address.toString()).matches("[A-Za-z0-9_.:/@+\\[\\]-]+");
  }

  @Property
  void everyIpv4AddressIsReadAsWritten(
      @ForAll @Size(4) List<@IntRange(min = 0, max = 255) Integer> part,
      @ForAll @IntRange(min = 1, max = 65535) int port) {
    String text =
        "%d.%d.%d.%d:%d".formatted(part.get(0), part.get(1), part.get(2), part.get(3), port);

    assertThat(Address.parse(text)).hasToString(text);
  }

  @Property
  void aNameWithAForeignCharacterIsRefused(@ForAll char c) {
    if (Character.toString(c).matches("[A-Za-z0-9_.:-]")) {
      return;
    }
    assertThatThrownBy(() -> Address.parse("host" + c + "x:80"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
