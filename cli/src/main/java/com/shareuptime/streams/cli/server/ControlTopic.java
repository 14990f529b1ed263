package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.control.ControlMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends requests to the jobs, and makes sure that they have arrived in Kafka. */
public record ControlTopic(Settings settings) {
  /**
   * Returns when Kafka has all of them.
   *
   * @throws CommandException if Kafka has not
   */
  public void send(List<? extends ControlMessage> messages) {
    send(
        producer -> {
          messages.forEach(producer);
          return messages.size();
        });
  }

  /** The same of as many as come by and by; returns what the sender says of them. */
  public <R> R send(Function<Consumer<ControlMessage>, R> sender) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<String, String> producer = Servers.producer(settings)) {
      R sent =
          sender.apply(
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
