package com.shareuptime.streams.option;

import com.shareuptime.streams.contract.http.HttpAddress;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;

/**
 * An OpenSearch cluster, and where the user's password lies.
 *
 * @param user null where the cluster asks for none
 */
public record OpenSearchAddress(URI url, String user, SecretFile password) implements Serializable {
  public OpenSearchAddress {
    if (!HttpAddress.isServer(url)) {
      throw new OptionException(
          "option '%s' cannot be '%s://%s…': expected http(s)://host:port, the user in '%s' and the password in the file that '%s' names"
              .formatted(
                  ConnectionOptions.OPENSEARCH_URL.key(),
                  url.getScheme(),
                  url.getHost(),
                  ConnectionOptions.OPENSEARCH_USER.key(),
                  ConnectionOptions.OPENSEARCH_PASSWORD_FILE.key()));
    }
  }

  /** The cluster that the options name. */
  public static OpenSearchAddress of(ReadableConfig options) {
    URI url;
    try {
      url = URI.create(options.get(ConnectionOptions.OPENSEARCH_URL));
    } catch (IllegalArgumentException e) {
      throw new OptionException(
          "option '"
              + ConnectionOptions.OPENSEARCH_URL.key()
              + "' is not a URL: "
              + e.getMessage());
    }
    return new OpenSearchAddress(
        url,
        options.getOptional(ConnectionOptions.OPENSEARCH_USER).orElse(null),
        SecretFile.of(options, ConnectionOptions.OPENSEARCH_PASSWORD_FILE));
  }

  /** The same for whoever asks over HTTP. */
  public HttpAddress http() {
    return new HttpAddress(url, Optional.ofNullable(user), () -> password.read().orElse(""));
  }
}
