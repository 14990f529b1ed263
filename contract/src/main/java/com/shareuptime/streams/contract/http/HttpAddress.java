package com.shareuptime.streams.contract.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a server listens for HTTP or HTTPS, and who asks it.
 *
 * @param password read for each request, as it may be changed
 */
public record HttpAddress(URI url, Optional<String> user, Supplier<String> password) {
  private static final String EXPECTED =
      "expected http(s)://host:port, with neither user nor password in it";

  /**
   * @throws IllegalArgumentException if the URL is none; it says so without the URL, in which there
   *     may be a password
   */
  public HttpAddress {
    if (!isServer(url)) {
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  /**
   * A server that asks nobody for a password.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static HttpAddress of(String url) {
    return of(url, Optional.empty(), () -> "");
  }

  /** The same with somebody who asks. */
  public static HttpAddress of(String url, Optional<String> user, Supplier<String> password) {
    try {
      return new HttpAddress(new URI(url), user, password);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  /** Whether a URL names a host to ask over HTTP, and nobody's password. */
  public static boolean isServer(URI url) {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null;
  }

  /** What connects to such servers. */
  public static HttpClient client(Duration connectWithin) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectWithin)
        .build();
  }

  /** User and password as the header {@code Authorization} has them; empty without a user. */
  public Optional<String> authorization() {
    return user.map(name -> name + ":" + password.get())
        .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .map(pair -> "Basic " + pair);
  }

  /**
   * A request in the name of the user.
   *
   * @param path begins with a slash
   */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this + path));
    authorization().ifPresent(basic -> request.header("Authorization", basic));
    return request;
  }

  /** Without a slash at the end, and without who asks. */
  @Override
  public String toString() {
    return url.toString().replaceAll("/+$", "");
  }
}
