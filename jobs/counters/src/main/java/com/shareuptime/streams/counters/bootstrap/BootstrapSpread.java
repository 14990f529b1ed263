package com.shareuptime.streams.counters.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.counters.CounterOptions;
import com.shareuptime.streams.option.OptionException;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How long the first writes after a start without state take: the sinks absorb about 50,000 keys a
 * second, and timers that all fire at once would hold up a checkpoint.
 */
public final class BootstrapSpread {
  private static final long KEYS_PER_SECOND = 50_000;
  private static final Duration LEAST = Duration.ofMillis(500);

  private static final String TARGETS =
      "explain (format json)"
          + " select 1 from streams_model.posts union all select 1 from streams_model.reels";

  private BootstrapSpread() {}

  /**
   * Estimates from the planner's statistics of the source, in no time.
   *
   * @throws OptionException if the source does not answer
   */
  public static Duration of(ReadableConfig options) {
    if (options.getOptional(CounterOptions.BOOTSTRAP_SPREAD).isPresent()
        || !options.get(CounterOptions.MODE).usesRows()) {
      return LEAST;
    }
    PostgresAddress source = PostgresAddress.source(options);
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery(TARGETS)) {
      plan.next();
      long targets =
          new ObjectMapper().readTree(plan.getString(1)).at("/0/Plan/Plan Rows").asLong();
      Duration spread = Duration.ofSeconds(targets / KEYS_PER_SECOND);
      return spread.compareTo(LEAST) < 0 ? LEAST : spread;
    } catch (SQLException | JsonProcessingException e) {
      throw new OptionException(
          "Postgres at '%s' as '%s' (options 'postgres.source.*') does not answer: %s"
              .formatted(source.url(), source.user(), e.getMessage()));
    }
  }
}
