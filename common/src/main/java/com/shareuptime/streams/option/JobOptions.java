package com.shareuptime.streams.option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;

/** The options of a job, in the order of their declaration, which is that of their page. */
public final class JobOptions {
  private final List<ConfigOption<?>> own = new ArrayList<>();

  /** A time span. */
  public ConfigOption<Duration> duration(String key, Duration value, String description) {
    return add(named(key).durationType().defaultValue(value).withDescription(description));
  }

  /** A whole number. */
  public ConfigOption<Integer> number(String key, int value, String description) {
    return add(named(key).intType().defaultValue(value).withDescription(description));
  }

  /** Yes or no. */
  public ConfigOption<Boolean> flag(String key, boolean value, String description) {
    return add(named(key).booleanType().defaultValue(value).withDescription(description));
  }

  /** A text. */
  public ConfigOption<String> text(String key, String value, String description) {
    return add(named(key).stringType().defaultValue(value).withDescription(description));
  }

  /** One of an enum's constants. */
  public <E extends Enum<E>> ConfigOption<E> oneOf(String key, E value, String description) {
    return add(
        named(key)
            .enumType(value.getDeclaringClass())
            .defaultValue(value)
            .withDescription(description));
  }

  /** An option of another kind. */
  public <T> ConfigOption<T> add(ConfigOption<T> option) {
    own.add(option);
    return option;
  }

  private static OptionBuilder named(String key) {
    return ConfigOptions.key(key);
  }

  /** Those that are not about servers. */
  public List<ConfigOption<?>> own() {
    return List.copyOf(own);
  }

  /** All that the job accepts. */
  public List<ConfigOption<?>> all() {
    List<ConfigOption<?>> all = new ArrayList<>(ConnectionOptions.all());
    all.addAll(own);
    return all;
  }
}
