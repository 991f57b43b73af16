package dev.weir.source.aws.sdk;

import dev.weir.source.aws.AwsAccount.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Says as whom AWS is asked. A key of the configuration is read each time, so that a changed file
 * takes effect; the rest is the SDK's whole chain. Safe for any thread.
 */
final class Identities implements AwsCredentialsProvider, SdkAutoCloseable {

  private final AwsCredentialsProvider provider;
  private final Runnable closing;

  Identities(Identity identity) {
    switch (identity) {
      case Identity.Key key -> {
        provider = () -> revealed(key);
        closing = () -> {};
      }
      case Identity.Profile profile -> {
        DefaultCredentialsProvider chain =
            DefaultCredentialsProvider.builder().profileName(profile.name()).build();
        provider = chain;
        closing = chain::close;
      }
      case Identity.Usual usual -> {
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        provider = chain;
        closing = chain::close;
      }
    }
  }

  private static AwsCredentials revealed(Identity.Key key) {
    try {
      return AwsBasicCredentials.create(key.id(), key.secret().reveal());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return provider.resolveCredentials();
  }

  @Override
  public void close() {
    closing.run();
  }
}
