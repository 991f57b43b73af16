package dev.weir.engine.resolve;

import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The weights with which groups of a pool's ready members get their shares of its traffic, whatever
 * the sizes of the groups. Inside a group members keep the relation of their own weights. A group
 * with nobody ready yields its share to the others, in proportion to theirs.
 *
 * <p>Of the 256 scales on which the largest weight is a whole number, that one is taken whose
 * rounded weights come closest to the shares, the smallest of equals: 9 and 1 rather than 225 and
 * 25. Pure.
 */
public final class Shares {

  /** Closer than this is equally close. */
  private static final double EQUAL = 1e-9;

  private final Map<MemberId, Integer> weights;
  private final List<Group> groups;

  private Shares(Map<MemberId, Integer> weights, List<Group> groups) {
    this.weights = Map.copyOf(weights);
    this.groups = List.copyOf(groups);
  }

  /**
   * A group that has ready members.
   *
   * @param name the value of the label; absent for all groups without a share of their own together
   * @param ready how many members it has that take traffic
   * @param wanted its share in percent, with what others yield
   * @param reached what its weights come to, in percent
   */
  public record Group(Optional<String> name, int ready, double wanted, double reached) {}

  /**
   * Computes them.
   *
   * @param ready the members that take traffic, none of them a backup, each with its own weight
   * @return absent where no group with a share has anybody ready
   */
  static Optional<Shares> of(Split split, Collection<Member> ready) {
    Map<String, List<Member>> byGroup = new TreeMap<>();
    for (Member member : ready) {
      byGroup
          .computeIfAbsent(groupOf(split, member).orElse(""), k -> new ArrayList<>())
          .add(member);
    }
    double present = byGroup.keySet().stream().mapToDouble(group -> shareOf(split, group)).sum();
    if (present <= 0) {
      return Optional.empty();
    }
    List<Cell> cells = new ArrayList<>();
    byGroup.forEach(
        (group, members) -> cells.addAll(Cell.of(group, members, shareOf(split, group) / present)));
    int scale = closest(cells);
    Map<MemberId, Integer> weights = new HashMap<>();
    double largest = largest(cells);
    cells.forEach(cell ->
        cell.members().forEach(member -> weights.put(member.id(), cell.weight(scale, largest))));
    return Optional.of(new Shares(weights, groups(cells, scale, byGroup)));
  }

  /** The group of a member; absent for one without a share of its own. */
  public static Optional<String> groupOf(Split split, Member member) {
    return Optional.ofNullable(member.labels().get(split.by()))
        .filter(group -> split.shares().containsKey(group));
  }

  private static double shareOf(Split split, String group) {
    return split.shares().getOrDefault(group, group.isEmpty() ? split.rest() : 0.0);
  }

  /**
   * Members of one group with the same weight of their own.
   *
   * @param share of the traffic that each of them is to have, 0 to 1
   * @param wanted the share of the whole group
   */
  private record Cell(String group, List<Member> members, double share, double wanted) {

    static List<Cell> of(String group, List<Member> members, double wanted) {
      Map<Integer, List<Member>> byWeight = new TreeMap<>();
      long sum = 0;
      for (Member member : members) {
        byWeight.computeIfAbsent(member.weight(), k -> new ArrayList<>()).add(member);
        sum += member.weight();
      }
      List<Cell> cells = new ArrayList<>();
      for (Map.Entry<Integer, List<Member>> same : byWeight.entrySet()) {
        cells.add(new Cell(group, same.getValue(), wanted * same.getKey() / sum, wanted));
      }
      return cells;
    }

    int weight(int scale, double largest) {
      return Math.clamp(Math.round(share / largest * scale), 1, Member.MAX_WEIGHT);
    }
  }

  private static double largest(List<Cell> cells) {
    return cells.stream().mapToDouble(Cell::share).max().orElse(1);
  }

  private static int closest(List<Cell> cells) {
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int scale = 1; scale <= Member.MAX_WEIGHT; scale++) {
      double error = error(cells, scale);
      if (error < least - EQUAL) {
        least = error;
        best = scale;
      }
    }
    return best;
  }

  /** How far the traffic of all members together is from what is wanted. */
  private static double error(List<Cell> cells, int scale) {
    double largest = largest(cells);
    double total = total(cells, scale, largest);
    return cells.stream()
        .mapToDouble(cell ->
            cell.members().size() * Math.abs(cell.weight(scale, largest) / total - cell.share()))
        .sum();
  }

  private static double total(List<Cell> cells, int scale, double largest) {
    return cells.stream()
        .mapToDouble(cell -> (double) cell.weight(scale, largest) * cell.members().size())
        .sum();
  }

  private static List<Group> groups(
      List<Cell> cells, int scale, Map<String, List<Member>> byGroup) {
    double largest = largest(cells);
    double total = total(cells, scale, largest);
    Map<String, Double> reached = new HashMap<>();
    cells.forEach(cell ->
        reached.merge(
            cell.group(),
            cell.weight(scale, largest) * cell.members().size() / total,
            Double::sum));
    List<Group> groups = new ArrayList<>();
    byGroup.forEach((name, members) ->
        groups.add(
            new Group(
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                members.size(),
                100 * wanted(cells, name),
                100 * reached.getOrDefault(name, 0.0))));
    return groups;
  }

  private static double wanted(List<Cell> cells, String group) {
    return cells.stream()
        .filter(cell -> cell.group().equals(group))
        .mapToDouble(Cell::wanted)
        .findFirst()
        .orElse(0);
  }

  /** The weight of a ready member. */
  Optional<Integer> weight(MemberId member) {
    return Optional.ofNullable(weights.get(member));
  }

  /** Those with ready members, by name, the one without a name first. */
  public List<Group> groups() {
    return groups;
  }
}
