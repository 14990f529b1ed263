package com.shareuptime.streams.cli.settings;

import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.FlatYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job's settings as {@code key → value}. Later sources win: the job's file in {@code flink-conf},
 * the local stack's addresses, a file of the operator's, single keys of the command line.
 *
 * @param given those that were given key by key for one job, and stand in no file
 */
public record Settings(Map<String, String> values, Map<String, String> given) {
  public static final String SEARCH_MODE = "search.mode";
  public static final String PUBLICATION = "ingest.publication";

  public Settings {
    values = Map.copyOf(values);
    given = Map.copyOf(given);
  }

  public Settings(Map<String, String> values) {
    this(values, Map.of());
  }

  public static Settings empty() {
    return new Settings(Map.of());
  }

  public static Settings ofFile(Path file) {
    return new Settings(FlatYaml.read(file));
  }

  /** The job's checked-in settings, if it has any. */
  public static Settings ofJob(Path flinkConf, String job) {
    Path file = flinkConf.resolve(job + ".yaml");
    return Files.exists(file) ? ofFile(file) : empty();
  }

  public Settings overriddenBy(Settings other) {
    return new Settings(merged(values, other.values), merged(given, other.given));
  }

  /** These, with others over them. */
  public Settings with(Map<String, String> keys) {
    return overriddenBy(new Settings(keys));
  }

  /** These, with single keys that are given for one job: its next runs are to have them too. */
  public Settings given(Map<String, String> keys) {
    return overriddenBy(new Settings(keys, keys));
  }

  private static Map<String, String> merged(Map<String, String> one, Map<String, String> over) {
    Map<String, String> merged = new LinkedHashMap<>(one);
    merged.putAll(over);
    return merged;
  }

  /** Those of them that say where servers are. */
  public Settings addresses() {
    Map<String, String> addresses = new LinkedHashMap<>(values);
    addresses.keySet().retainAll(AddressKeys.ALL);
    return new Settings(addresses);
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String require(String key) {
    return get(key)
        .orElseThrow(
            () ->
                CommandException.usage(
                    "The setting " + key + " is missing.",
                    "Put a line `" + key + ": …` into the file that you give with --config."));
  }

  /** The replication slot that ingest reads. */
  public String slot() {
    return get("ingest.slot").orElse("streams_ingest");
  }

  /** The password in the file that a setting names; empty if it is not set. */
  public Optional<String> secret(String key) {
    return get(key).map(file -> secret(key, Path.of(file)));
  }

  private static String secret(String key, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot read " + file + ", which " + key + " names.",
          "Put the password, and nothing else, into a file that you may read.");
    }
  }

  /** As arguments of a job's main class, sorted by key. */
  public List<String> arguments() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(pair -> List.of("--" + pair.getKey(), pair.getValue()).stream())
        .toList();
  }
}
