package dev.weir.source.aws;

import java.io.IOException;
import java.time.Duration;

/** Makes clients of AWS; what the plug-in {@code aws} brings. */
public interface AwsClients {

  /**
   * A client; asks nothing yet.
   *
   * @param answer how long one answer is waited for
   * @throws IOException when the account lacks something, with what to do
   */
  AwsClient open(AwsAccount account, Duration answer) throws IOException;
}
