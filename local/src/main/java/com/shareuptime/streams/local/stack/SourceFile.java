package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.FlatYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The product's database that the stack of a home reads, where that is not the stack's own. Every
 * command learns it from here. Without the file, the tables are in the stack's own Postgres; with a
 * file that names no database, the stack has read models of one that it no longer reads.
 */
public final class SourceFile {
  /** Whether ingest has yet to start on it: what an earlier run knew is of another slot. */
  private static final String IS_NEW = "new";

  private final Path file;
  private final Path passwordFile;

  SourceFile(Path file, Path passwordFile) {
    this.file = file;
    this.passwordFile = passwordFile;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Whether the stack has, or had, another source than its own Postgres. */
  public boolean exists() {
    return Files.exists(file);
  }

  public boolean isAttached() {
    return read().containsKey(AddressKeys.SOURCE_URL);
  }

  /** Whether ingest must start without state. */
  public boolean isNew() {
    return read().containsKey(IS_NEW);
  }

  /** By the keys of a job's settings; empty if there is no other source. */
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>(read());
    addresses.remove(IS_NEW);
    return addresses;
  }

  /**
   * Names the database. The password goes to a file that its owner alone can read.
   *
   * @param isNew whether ingest must start without state
   */
  public void attach(String jdbcUrl, String user, String password, boolean isNew) {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put(AddressKeys.SOURCE_URL, jdbcUrl);
    pairs.put(AddressKeys.SOURCE_USER, user);
    pairs.put(AddressKeys.SOURCE_PASSWORD_FILE, passwordFile.toString());
    if (isNew) {
      pairs.put(IS_NEW, "true");
    }
    try {
      Files.deleteIfExists(passwordFile);
      Files.createFile(
          passwordFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, password);
    } catch (IOException e) {
      throw unwritable(e);
    }
    write(pairs);
  }

  /** Ingest runs, and its state is of this database. */
  public void started() {
    write(addresses());
  }

  /** Ingest must start without state: its slot goes, or topics have what another model made. */
  public void renew() {
    Map<String, String> pairs = addresses();
    pairs.put(IS_NEW, "true");
    write(pairs);
  }

  /** The database is no longer read; its password is forgotten. */
  public void detach() {
    write(Map.of());
    delete(passwordFile);
  }

  /** As if there had never been another source. */
  public void forget() {
    delete(passwordFile);
    delete(file);
  }

  private void delete(Path one) {
    try {
      Files.deleteIfExists(one);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Map<String, String> read() {
    return exists() ? FlatYaml.read(file) : Map.of();
  }

  private void write(Map<String, String> pairs) {
    try {
      Files.writeString(
          file,
          "# The product's database that this stack reads: ./streams up --source, down --detach\n"
              + FlatYaml.write(pairs));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandException unwritable(IOException e) {
    return CommandException.unreachable(
        "Cannot write " + file + ", or the password beside it: " + e.getMessage(),
        "Give a folder that you may write to in STREAMS_HOME.",
        e);
  }
}
