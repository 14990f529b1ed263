package com.shareuptime.streams.cli.option;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.FlatYaml;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.StreamsHome;
import java.nio.file.Files;
import java.util.Map;

/** What a command acts on that is told of no servers: the local stack, by the word it has left. */
final class HomeServers {
  private StreamsHome home;
  private Map<String, String> servers;

  /** Found when it is needed: a command that is told of servers needs no folder of the project. */
  StreamsHome home() {
    if (home == null) {
      home = StreamsHome.of(System.getenv());
    }
    return home;
  }

  Settings settings() {
    return new Settings(servers()).addresses();
  }

  String flinkUrl() {
    return servers().get(AddressKeys.FLINK_URL);
  }

  private Map<String, String> servers() {
    if (servers == null) {
      if (!Files.exists(home().servers())) {
        requireCheckout();
        throw CommandException.unreachable(
            "The local stack in " + home().root() + " is not running.", "Start it: ./streams up");
      }
      servers = FlatYaml.read(home().servers());
    }
    return servers;
  }

  private static void requireCheckout() {
    if (!Installation.find().isCheckout()) {
      throw CommandException.usage(
          "No servers are given, and an image has no stack of its own.",
          "Give --config FILE, and --flink-url URL for what acts on a job.");
    }
  }
}
