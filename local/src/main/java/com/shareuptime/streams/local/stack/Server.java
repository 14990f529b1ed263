package com.shareuptime.streams.local.stack;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The servers of the local stack, in the order in which they are listed and started. */
public enum Server {
  POSTGRES,
  KAFKA,
  REDIS,
  OPENSEARCH,
  ZOOKEEPER,
  JOBMANAGER,
  TASKMANAGER;

  /**
   * Where rows and events live and are served: all that a test without a cluster or search needs.
   */
  public static final Set<Server> STORES = Set.of(POSTGRES, KAFKA, REDIS);

  /** The Flink cluster; it needs no store to start. */
  public static final Set<Server> CLUSTER = Set.of(ZOOKEEPER, JOBMANAGER, TASKMANAGER);

  /** The name in commands, file names and messages, e.g. {@code taskmanager}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a server by its {@link #id()}; an unknown name is answered with the known ones. */
  public static Server named(String id) {
    return Arrays.stream(values())
        .filter(server -> server.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                StackException.usage(
                    "There is no server named '" + id + "'.", "Known servers: " + ids() + "."));
  }

  public static String ids() {
    return EnumSet.allOf(Server.class).stream().map(Server::id).collect(Collectors.joining(", "));
  }
}
