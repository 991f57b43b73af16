package dev.weir.driver.haproxy;

import dev.weir.publish.ReloadWay;
import dev.weir.spi.Shape;
import java.util.ArrayList;
import java.util.List;

/** How HAProxy is made to load its files again. */
public sealed interface ReloadBy {

  /** By SIGUSR2 to its master, here or in a container, a unit of systemd, or a command. */
  record Program(ReloadWay way) implements ReloadBy {}

  /** By the command {@code reload} on its master's own socket. */
  record MasterSocket() implements ReloadBy {}

  /** By a new HAProxy that takes the place of the running one, master and all. */
  record Binary() implements ReloadBy {}

  /**
   * Written {@code signal}, {@code master}, {@code binary}, {@code { systemd: UNIT }}, {@code {
   * command: [...] }}, {@code { container: NAME }}.
   */
  Shape<ReloadBy> SHAPE = shape();

  private static Shape<ReloadBy> shape() {
    List<Shape<? extends ReloadBy>> forms = new ArrayList<>();
    forms.add(Shape.scalar("signal, master or binary", ReloadBy::word));
    ReloadWay.programs().forEach(form -> forms.add(program(form)));
    forms.add(program(ReloadWay.container()));
    return new Shape.Either<>(
        "signal, master, binary, { systemd: UNIT }, { command: [...] } or { container: NAME }",
        forms);
  }

  private static <W extends ReloadWay> Shape<ReloadBy> program(Shape<W> form) {
    return form.map(Program::new);
  }

  private static ReloadBy word(String text) {
    return switch (text) {
      case "signal" -> new Program(new ReloadWay.Signal());
      case "master" -> new MasterSocket();
      case "binary" -> new Binary();
      default -> throw new IllegalArgumentException("no such way");
    };
  }
}
