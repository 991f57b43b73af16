package dev.weir.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.StoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of last good reports promises: the newest of each source, after any end. */
public abstract class CatalogStoreContract extends StoreContract {

  private static final SourceName DOCKER = new SourceName("web/docker-2");
  private static final SourceName FILE = new SourceName("web/file");

  @Test
  final void is_empty_at_first() throws Exception {
    assertThat(catalog().loadReports()).isEmpty();
  }

  @Test
  final void gives_back_the_newest_report_of_each_source_as_from_disk() throws Exception {
    Member plain = Member.of(StoredSamples.id(2), FILE);
    catalog().saveReport(DOCKER, report(List.of()));
    catalog().saveReport(FILE, report(List.of()));
    catalog().saveReport(DOCKER, report(List.of(StoredSamples.fullMember(1))));
    catalog().saveReport(FILE, report(List.of(plain)));

    Map<SourceName, LastGood> loaded = killedAndReopened().catalog().loadReports();

    assertThat(loaded)
        .containsOnly(
            Map.entry(DOCKER, fromDisk(List.of(StoredSamples.fullMember(1)))),
            Map.entry(FILE, fromDisk(List.of(plain))));
  }

  @Test
  final void a_report_of_nothing_is_not_an_absent_report() throws Exception {
    catalog().saveReport(FILE, report(List.of()));

    assertThat(reopened().catalog().loadReports())
        .containsOnly(Map.entry(FILE, fromDisk(List.of())));
  }

  @Test
  final void keeps_the_last_good_answers_for_host_names() throws Exception {
    Address.Host host = new Address.Host("db.internal", 5432);
    Endpoint.Ip answer = (Endpoint.Ip) Address.parse("[2001:db8::7]:5432");
    Member named = Member.of(new MemberId(StoredSamples.id(1).pool(), host), FILE);
    LastGood report = new LastGood(List.of(named), StoredSamples.NOON, false, Map.of(host, answer));
    catalog().saveReport(FILE, report);

    assertThat(killedAndReopened().catalog().loadReports())
        .containsOnly(Map.entry(FILE, report.restored()));
  }

  @Test
  final void drops_the_report_of_one_source() throws Exception {
    catalog().saveReport(DOCKER, report(List.of()));
    catalog().saveReport(FILE, report(List.of()));

    catalog().dropReport(DOCKER);
    catalog().dropReport(DOCKER);

    assertThat(reopened().catalog().loadReports()).containsOnlyKeys(FILE);
  }

  @Test
  final void keeps_ten_thousand_members() throws Exception {
    List<Member> many =
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(port -> Member.of(StoredSamples.id(port), FILE).withName("name-" + port))
            .sorted()
            .toList();
    catalog().saveReport(FILE, report(many));

    assertThat(reopened().catalog().loadReports()).containsEntry(FILE, fromDisk(many));
  }

  @Test
  final void never_gives_out_a_generation_twice() throws Exception {
    long first = catalog().reserveGenerations(100);
    long second = catalog().reserveGenerations(1);
    long third = killedAndReopened().catalog().reserveGenerations(10);

    assertThat(first).isPositive();
    assertThat(second).isGreaterThanOrEqualTo(first + 100);
    assertThat(third).isGreaterThanOrEqualTo(second + 1);
    assertThat(reopened().catalog().reserveGenerations(1)).isGreaterThanOrEqualTo(third + 10);
  }

  @Test
  final void damage_is_reported() throws Exception {
    catalog().saveReport(FILE, report(List.of(StoredSamples.fullMember(1))));
    rig().shut();
    rig().damage();

    assertThatThrownBy(() -> rig().open().catalog().loadReports())
        .isInstanceOf(StoreException.class);
  }

  private CatalogStore catalog() {
    return stores().catalog();
  }

  private static LastGood report(List<Member> members) {
    return new LastGood(members, StoredSamples.NOON, false);
  }

  private static LastGood fromDisk(List<Member> members) {
    return new LastGood(members, StoredSamples.NOON, true);
  }
}
