package dev.weir.source.aws.sdk;

import dev.weir.source.aws.AwsAccount;
import dev.weir.source.aws.AwsClient;
import dev.weir.source.aws.AwsClients;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Makes clients of AWS' own SDK. Each call is made once, over a connection of its own: when to try
 * again is decided elsewhere, and a connection that waits between two calls ten seconds apart is
 * worth less than none that is left behind.
 */
public final class SdkClients implements AwsClients {

  @Override
  public AwsClient open(AwsAccount account, Duration answer) throws IOException {
    Region region = region(account);
    TidyHttp http =
        new TidyHttp(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(answer)
                .socketTimeout(answer)
                .build());
    Identities identities = new Identities(account.identity());
    AutoScalingClient groups =
        common(AutoScalingClient.builder(), account, answer)
            .region(region)
            .credentialsProvider(identities)
            .httpClient(http)
            .build();
    Ec2Client instances =
        common(Ec2Client.builder(), account, answer)
            .region(region)
            .credentialsProvider(identities)
            .httpClient(http)
            .build();
    return new SdkClient(
        new Answers(account, http),
        new SdkClient.Services(groups, instances),
        () -> {
          identities.close();
          http.close();
        });
  }

  private static <B extends AwsClientBuilder<B, C>, C> B common(
      B builder, AwsAccount account, Duration answer) {
    account.endpoint().ifPresent(builder::endpointOverride);
    return builder.overrideConfiguration(
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(answer)
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .putHeader("Connection", "close")
            .build());
  }

  private static Region region(AwsAccount account) throws IOException {
    if (account.region().isPresent()) {
      return Region.of(account.region().get());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkException nowhere) {
      throw new RefusedException(
          "AWS: nobody says which region (expected: region, AWS_REGION, or a machine of AWS)");
    }
  }
}
