package dev.weir.engine.catalog;

import static dev.weir.engine.catalog.PoolStory.FILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.CatalogMember;
import dev.weir.model.Presence;
import dev.weir.model.Standing;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every sequence of soft reports, whatever they name and however fast they come. */
class SoftEvidenceProperties {

  /** What a source says, and how long after the report before. */
  record Said(String letters, int secondsLater) {}

  @Property(tries = 1_000)
  void membersThatAnswerNeverFallBelowTheFloor(
      @ForAll("sequences") List<Said> sequence, @ForAll @IntRange(min = 1, max = 4) int floor) {
    PoolStory web = PoolStory.up(p -> p.withFloor(floor), "abcdefgh");
    for (Said said : sequence) {
      web.later(Duration.ofSeconds(said.secondsLater()));
      web.names(FILE, said.letters());
      web.passes(said.letters());

      assertThat(serving(web)).as("serving after %s", said).isGreaterThanOrEqualTo(floor);
    }
  }

  @Property(tries = 200)
  void everythingThatIsNoLongerNamedIsGoneOrHeldInTheEnd(@ForAll("sequences") List<Said> sequence) {
    PoolStory web = PoolStory.up(p -> p, "abcdefgh");
    for (Said said : sequence) {
      web.later(Duration.ofSeconds(said.secondsLater()));
      web.names(FILE, said.letters());
    }

    web.later(Duration.ofHours(25));

    String last = sequence.getLast().letters();
    assertThat(web.all()).isEqualTo(sorted(last));
  }

  private static long serving(PoolStory web) {
    return web.state.pool().members().stream().filter(SoftEvidenceProperties::serves).count();
  }

  private static boolean serves(CatalogMember member) {
    return member.standing() == Standing.PROVEN && !(member.presence() instanceof Presence.Leaving);
  }

  private static String sorted(String letters) {
    return letters
        .chars()
        .distinct()
        .sorted()
        .mapToObj(Character::toString)
        .reduce("", String::concat);
  }

  @Provide
  Arbitrary<List<Said>> sequences() {
    Arbitrary<String> letters =
        Arbitraries.of("abcdefghijkl".split(""))
            .set()
            .ofMaxSize(10)
            .map(set -> String.join("", set));
    return Combinators.combine(letters, Arbitraries.integers().between(0, 90))
        .as(Said::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
