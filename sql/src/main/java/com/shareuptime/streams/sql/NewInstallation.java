package com.shareuptime.streams.sql;

/** What to do where ids would change their type under rows that are there. */
final class NewInstallation {
  static final String ADVICE =
      "Ids keep their type as long as an installation lives. For another one take a new database for the read models (postgres.sink.url), a new Redis, new topics and indexes.";

  private NewInstallation() {}
}
