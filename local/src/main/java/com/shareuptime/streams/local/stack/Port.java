package com.shareuptime.streams.local.stack;

import java.util.Locale;

/** The ports that the stack listens on (all on the loopback address), as offsets from its base. */
public enum Port {
  POSTGRES(0),
  KAFKA(1),
  KAFKA_CONTROLLER(2),
  REDIS(3),
  ZOOKEEPER(4),
  FLINK_REST(5),
  JOBMANAGER_RPC(6),
  BLOB(7),
  TASKMANAGER_RPC(8),
  TASKMANAGER_DATA(9),
  CONSOLE(10),
  JOBMANAGER_METRICS(12),
  TASKMANAGER_METRICS(13),
  OPENSEARCH(14),
  OPENSEARCH_TRANSPORT(15),
  TASKMANAGER_2_RPC(16),
  TASKMANAGER_2_DATA(17),
  TASKMANAGER_2_METRICS(18);

  private final int offset;

  Port(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
