package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.control.ControlMessage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends requests to the jobs, and makes sure that they have arrived in Kafka. */
public record ControlTopic(Settings settings) {
  /**
   * What sends.
   *
   * @param <R> what it tells of that
   * @param <E> what it may fail with
   */
  @FunctionalInterface
  public interface Sending<R, E extends Exception> {
    R by(Consumer<ControlMessage> messages) throws E;
  }

  /**
   * Returns when Kafka has all of it.
   *
   * @throws CommandException if Kafka has not
   */
  public <R, E extends Exception> R send(Sending<R, E> sending) throws E {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<String, String> producer = Servers.producer(settings)) {
      R sent =
          sending.by(
              message ->
                  producer.send(
                      new ProducerRecord<>(ControlMessage.TOPIC, message.key(), message.json()),
                      (done, failed) -> {
                        if (failed != null) {
                          failure.compareAndSet(null, failed);
                        }
                      }));
      producer.flush();
      if (failure.get() != null) {
        throw unreachable(failure.get());
      }
      return sent;
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private CommandException unreachable(Exception cause) {
    return CommandException.unreachable(
        "Kafka at "
            + settings.require(AddressKeys.KAFKA_BOOTSTRAP)
            + " did not take the requests: "
            + cause.getMessage(),
        "Check ./streams status, and that ./streams migrate has made the topic "
            + ControlMessage.TOPIC
            + "; then run it again: asking twice does no harm.",
        cause);
  }
}
