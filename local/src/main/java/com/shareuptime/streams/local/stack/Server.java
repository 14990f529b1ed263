package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import java.util.Arrays;
import java.util.Collections;
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
  TASKMANAGER,
  /** Takes over what the first one did, for tests of what then still comes from the first. */
  TASKMANAGER_2;

  /** One server of each kind: what {@code ./streams up} starts. */
  public static final Set<Server> STANDARD =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(TASKMANAGER_2)));

  /**
   * Where rows and events live and are served: all that a test without a cluster or search needs.
   */
  public static final Set<Server> STORES = Set.of(POSTGRES, KAFKA, REDIS);

  /** The Flink cluster; it needs no store to start. */
  public static final Set<Server> CLUSTER = Set.of(ZOOKEEPER, JOBMANAGER, TASKMANAGER);

  /** The name in commands, file names and messages, e.g. {@code taskmanager-2}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds a server by its {@link #id()}; an unknown name is answered with the known ones. */
  public static Server named(String id) {
    return Arrays.stream(values())
        .filter(server -> server.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "There is no server named '" + id + "'.", "Known servers: " + ids() + "."));
  }

  /** Whether the jobs' work is done there. */
  public boolean isTaskManager() {
    return this == TASKMANAGER || this == TASKMANAGER_2;
  }

  /**
   * What the cluster calls a task manager. Fixed, so that one that comes back replaces its dead
   * self at once.
   */
  public String resourceId() {
    return "local-" + id();
  }

  public static String ids() {
    return EnumSet.allOf(Server.class).stream().map(Server::id).collect(Collectors.joining(", "));
  }
}
