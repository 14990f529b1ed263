package com.shareuptime.streams.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.control.ControlJson;
import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.json.Json;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;

/** Reads the control messages that are for one job; those for others are passed over. */
public abstract class ControlFunction<T> extends MessageFunction<T> {
  private static final long serialVersionUID = 1L;

  private final String job;
  private final IdKinds kinds;

  private transient ObjectMapper json;

  /** As below, where all ids are numbers. */
  protected ControlFunction(String job) {
    this(job, IdKinds.NUMBERS);
  }

  /**
   * @param job whose messages are read
   * @param kinds of the ids in them
   */
  protected ControlFunction(String job, IdKinds kinds) {
    super(job, "malformed-control");
    this.job = job;
    this.kinds = kinds;
  }

  /**
   * Tells what a message asks.
   *
   * @throws IllegalArgumentException if the job cannot do that, with the reason
   */
  protected abstract void act(ControlMessage message, Reading<T> reading);

  @Override
  public void open(OpenContext context) {
    super.open(context);
    json = new ObjectMapper(Json.FACTORY);
  }

  @Override
  protected final void read(RawRecord record, Reading<T> reading) throws IOException {
    JsonNode message = json.readTree(record.value() == null ? new byte[0] : record.value());
    ControlJson.read(job, message, kinds).ifPresent(asked -> act(asked, reading));
  }
}
