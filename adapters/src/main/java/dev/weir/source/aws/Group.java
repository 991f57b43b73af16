package dev.weir.source.aws;

import java.util.Comparator;
import java.util.List;

/**
 * An Auto Scaling group.
 *
 * @param seats its instances, sorted by id
 */
public record Group(String name, List<Seat> seats) {

  public Group {
    seats = seats.stream().sorted(Comparator.comparing(Seat::instance)).toList();
  }

  /**
   * An instance as its group has it.
   *
   * @param instance its id
   * @param lifecycle its state in the group: {@code InService}
   * @param health {@code Healthy} or {@code Unhealthy}
   */
  public record Seat(String instance, String lifecycle, String health, String zone) {}
}
