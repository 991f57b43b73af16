package dev.weir.source.aws;

import java.time.Duration;

/**
 * What is asked again and again.
 *
 * @param every between two looks at the groups
 */
record FleetQuestion(AwsAccount account, Selection selection, Duration every) {

  @Override
  public String toString() {
    return account + ", " + selection;
  }
}
