package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;

/** What acts as the product may do so on tables of its own only. */
public final class OwnTables {
  private OwnTables() {}

  /**
   * @param local servers of the local stack
   * @throws CommandException if the stack reads a product's database
   */
  public static void require(Settings local) {
    String source = local.require(AddressKeys.SOURCE_URL);
    if (!source.equals(local.require(AddressKeys.SINK_URL))) {
      throw CommandException.usage(
          "The local stack reads " + source + ", and this command writes rows of its own.",
          "Take another stack: STREAMS_HOME=/tmp/demo STREAMS_PORT_BASE=23000 ./streams up");
    }
  }
}
