package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding members of a pool. */
class CatalogPoolTest {
  private static final PoolId WEB = new PoolId("web");

  @Test
  void findsEachMemberWhateverTheOrderGiven() {
    List<CatalogMember> members =
        IntStream.of(9, 3, 200, 1, 10, 2, 100).mapToObj(CatalogPoolTest::member).toList();
    CatalogPool pool =
        new CatalogPool(new PoolDefinition(WEB, PoolPolicy.DEFAULT, List.of()), members);

    assertThat(pool.members()).isSorted();
    assertThat(members).allSatisfy(m -> assertThat(pool.find(m.id())).contains(m));
    assertThat(pool.find(member(4).id())).isEmpty();
  }

  private static CatalogMember member(int last) {
    MemberId id = new MemberId(WEB, Address.parse("10.0.0.%d:80".formatted(last)));
    return CatalogMember.present(Member.of(id, SourceName.of(WEB, "file")));
  }
}
